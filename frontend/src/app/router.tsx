import { createBrowserRouter } from 'react-router'
import { Mark } from '../ui/mark.js'

export const router = createBrowserRouter([{ path: '*', element: <Mark className="m-8 size-16 text-accent" /> }])
