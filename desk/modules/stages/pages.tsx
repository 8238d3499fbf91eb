import { useLocation } from '@tanstack/react-router';
import { DraftPage } from './draft.tsx';
import { HistoryPage } from './history.tsx';
import { OrderPage } from './order.tsx';
import { StagesPage } from './page.tsx';
import { WhatIfPage } from './what-if.tsx';

/** All pages of stages in one piece: they share most of what they show, and the first page of the desk names one file. */
export default function StagePages() {
  const { pathname } = useLocation();
  if (pathname === '/stages/history') return <HistoryPage />;
  if (pathname === '/stages/preview') return <WhatIfPage />;
  if (pathname === '/stages/new') return <DraftPage />;
  return pathname.startsWith('/stages/orders/') ? <OrderPage /> : <StagesPage />;
}
