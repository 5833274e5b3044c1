import type { ComponentType } from 'react'
import { createBrowserRouter } from 'react-router'
import { Actions } from './actions.js'
import { CrashPage } from './crash-page.js'
import { AdminOnly, Gate, SignedIn } from './gate.js'
import { NotFoundPage } from './not-found-page.js'
import { Shell } from './shell.js'
import { Splash } from './splash.js'

const page = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await load()).default })

/** Every address of the web app. Each page is a chunk of its own. */
export const router = createBrowserRouter([
  {
    element: <Gate />,
    errorElement: <CrashPage />,
    hydrateFallbackElement: <Splash />,
    children: [
      { path: 'setup', lazy: page(() => import('../features/setup/setup-page.js')) },
      { path: 'sign-in', lazy: page(() => import('../features/auth/sign-in-page.js')) },
      {
        element: <SignedIn />,
        children: [
          { path: 'watch/:itemId', lazy: page(() => import('../features/playback/watch-page.js')) },
          { path: 'photo/:itemId', lazy: page(() => import('../features/photos/photo-page.js')) },
          {
            element: (
              <Actions>
                <Shell />
              </Actions>
            ),
            children: [
              {
                errorElement: <CrashPage inside />,
                children: [
                  { index: true, lazy: page(() => import('../features/home/home-page.js')) },
                  { path: 'libraries', lazy: page(() => import('../features/library/libraries-page.js')) },
                  { path: 'library/:libraryId', lazy: page(() => import('../features/library/library-page.js')) },
                  { path: 'found', lazy: page(() => import('../features/library/found-page.js')) },
                  { path: 'item/:itemId', lazy: page(() => import('../features/item/item-page.js')) },
                  { path: 'preferences', lazy: page(() => import('../features/preferences/preferences-page.js')) },
                  {
                    element: <AdminOnly />,
                    children: [
                      { path: 'activity', lazy: page(() => import('../features/activity/activity-page.js')) },
                      {
                        path: 'admin/libraries',
                        lazy: page(() => import('../features/libraries-admin/libraries-admin-page.js')),
                      },
                      { path: 'admin/people', lazy: page(() => import('../features/users-admin/users-admin-page.js')) },
                      {
                        path: 'admin/read-models',
                        lazy: page(() => import('../features/projections-admin/read-models-page.js')),
                      },
                    ],
                  },
                  { path: 'undo', lazy: page(() => import('../features/undo/undo-page.js')) },
                  { path: 'undo/:undoId', lazy: page(() => import('../features/undo/undo-page.js')) },
                  { path: 'forget', lazy: page(() => import('../features/undo/forget-page.js')) },
                  { path: 'history', lazy: page(() => import('../features/history/history-page.js')) },
                  { path: '*', element: <NotFoundPage /> },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
])
