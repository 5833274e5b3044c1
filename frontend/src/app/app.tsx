import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { RouterProvider } from 'react-router/dom'
import { bindOutbox } from '../lib/kept-intents.js'
import { bindLive } from '../lib/live.js'
import { preparing } from '../lib/preparing.js'
import { bindElsewhere } from '../lib/playing-elsewhere.js'
import { ApiError } from '../lib/problem.js'
import { installArrowKeys } from '../ui/arrow-keys.js'
import { counted } from '../lib/words.js'
import { notify, Toasts } from '../ui/toast.js'
import { router } from './router.js'

const createQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 30 * 60_000,
        refetchOnWindowFocus: false,
        // Only what may pass by itself is tried again; an answer that says no will say no again.
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.passing,
        retryDelay: failures => 400 * 2 ** failures,
      },
      mutations: { networkMode: 'always' },
    },
  })

export function App() {
  const [client] = useState(createQueryClient)
  useEffect(bindElsewhere, [])
  useEffect(() => bindLive(client), [client])
  useEffect(() => preparing.onDone(() => void client.invalidateQueries()), [client])
  useEffect(
    () =>
      bindOutbox(({ length }) =>
        notify({ text: notTaken(length), detail: 'What they are about is no longer in your libraries.' }),
      ),
    [],
  )
  useEffect(installArrowKeys, [])
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toasts />
    </QueryClientProvider>
  )
}

const notTaken = (length: number) => `${counted(length, 'thing', 'things')} you did while the server was away could not be taken`
