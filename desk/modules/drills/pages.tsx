import { useLocation } from '@tanstack/react-router';
import DrillPage from './drill.tsx';
import DrillsPage from './drills.tsx';
import NearMissesPage from './near-misses.tsx';
import ReadinessPage from './page.tsx';
import RiskPage from './risk.tsx';
import RisksPage from './risks.tsx';

/** All pages of readiness in one piece: the first page of the desk names one file for them. */
export default function ReadinessPages() {
  const { pathname } = useLocation();
  const [, , part, id] = pathname.split('/');
  if (part === 'risks') return id ? <RiskPage /> : <RisksPage />;
  if (part === 'drills') return id ? <DrillPage /> : <DrillsPage />;
  return part === 'near-misses' ? <NearMissesPage /> : <ReadinessPage />;
}
