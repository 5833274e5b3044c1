import type { ComponentType } from 'react'
import { createBrowserRouter, Outlet } from 'react-router'
import { PastBand } from '../features/time-travel/past-band.js'
import { PresentOnly } from '../features/time-travel/present-only.js'
import { loaded } from '../lib/late-parts.js'
import { Actions } from './actions.js'
import { CrashPage } from './crash-page.js'
import { AdminOnly, Gate, SignedIn } from './gate.js'
import { HistoryPlaces } from './history-places.js'
import { NotFoundPage } from './not-found-page.js'
import { Shell } from './shell.js'
import { Splash } from './splash.js'

const page = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await loaded(load)).default })

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
        element: (
          <Actions>
            <SignedIn />
          </Actions>
        ),
        children: [
          {
            element: <PresentOnly />,
            children: [{ path: 'watch/:itemId', lazy: page(() => import('../features/playback/watch-page.js')) }],
          },
          {
            element: (
              <>
                <PastBand floating />
                <Outlet />
              </>
            ),
            children: [{ path: 'photo/:itemId', lazy: page(() => import('../features/photos/photo-page.js')) }],
          },
          {
            element: <Shell />,
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
                  { path: 'as-it-was/:category/:subjectId', lazy: page(() => import('../features/time-travel/subject-page.js')) },
                  {
                    element: <HistoryPlaces />,
                    children: [
                      { path: 'history', lazy: page(() => import('../features/history/history-page.js')) },
                      {
                        element: <AdminOnly />,
                        children: [
                          { path: 'time-travel', lazy: page(() => import('../features/time-travel/time-travel-page.js')) },
                          {
                            path: 'time-travel/difference',
                            lazy: page(() => import('../features/time-travel/difference-page.js')),
                          },
                          { path: 'what-if', lazy: page(() => import('../features/time-travel/what-if-page.js')) },
                        ],
                      },
                    ],
                  },
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
