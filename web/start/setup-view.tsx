/** How to point a client here, as a page of its own. */
import { StartPage } from './start-page.tsx'

export const SetupView = () => <StartPage />
