import { useLocation } from '@tanstack/react-router';
import AgainPage from './again.tsx';
import DaysPage from './days.tsx';
import HandoverPage from './handover.tsx';
import RatesPage from './rates.tsx';
import ScriptsPage from './scripts.tsx';
import VisitsPage from './visits.tsx';

const pages = {
  again: AgainPage,
  days: DaysPage,
  handover: HandoverPage,
  rates: RatesPage,
  scripts: ScriptsPage,
  visits: VisitsPage,
};

/** All pages behind the call list in one piece: the first page of the desk names one file for them. */
export default function FollowupPages() {
  const { pathname } = useLocation();
  const Page = pages[pathname.split('/')[2] as keyof typeof pages];
  return Page ? <Page /> : null;
}
