import { Component, type ReactNode, Suspense } from 'react';
import { Problem } from '../kit/problem.tsx';
import { modules } from './modules.ts';
import { may, useSession } from './session.tsx';
import { defineWords, useWords } from './words.ts';

const words = defineWords({
  closed: ['这一页不在您的权限里', 'This page is not among your rights'],
  closedHow: [
    '左边是您的工作。需要这一页，请找安全管理员授权。',
    'Your work is on the left. If you need this page, ask the security administrator.',
  ],
});

interface BoundaryProps {
  children: ReactNode;
}

/** A fault in one page leaves the frame standing; drafts are in the tab's storage. */
class Boundary extends Component<BoundaryProps, { fault: Error | null }> {
  override state = { fault: null as Error | null };
  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }
  override render() {
    if (this.state.fault) return <Problem error={this.state.fault} onRetry={() => this.setState({ fault: null })} />;
    return this.props.children;
  }
}

/** One module's page inside the frame, loaded when first opened. */
export function Page({ path }: { path: string }) {
  const { me } = useSession();
  const t = useWords(words);
  // Somebody whose session has just ended: the way to the sign-in page shows this page for one more moment.
  if (!me) return null;
  const here = modules.filter((module) => module.route === path);
  const allowed = here.find((module) => module.permission.length === 0 || may(me, module.permission));
  if (!allowed) {
    return (
      <div className="empty">
        <b>{t('closed')}</b>
        <p>{t('closedHow')}</p>
      </div>
    );
  }
  const Content = allowed.page;
  return (
    <Boundary key={path}>
      <Suspense fallback={<div className="page-waiting" aria-busy="true" />}>
        <Content />
      </Suspense>
    </Boundary>
  );
}
