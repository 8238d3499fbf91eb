import { useLocation } from '@tanstack/react-router';
import DirectivePage from './directive.tsx';
import DirectivesPage from './directives.tsx';
import EnterDirectivePage from './enter-directive.tsx';
import IssuePage from './issue.tsx';
import ProblemPage from './problem.tsx';
import ProblemsPage from './problems.tsx';
import SlipPage from './slip-sheet.tsx';
import TaskPage from './task.tsx';

/** All pages behind the list of tasks in one piece: the first page of the desk names one file for them. */
export default function TaskPages() {
  const { pathname } = useLocation();
  const [, kind, second, third] = pathname.split('/');
  if (kind === 'directives') {
    if (!second) return <DirectivesPage />;
    return second === 'new' ? <EnterDirectivePage /> : <DirectivePage />;
  }
  if (kind === 'problems') return second ? <ProblemPage /> : <ProblemsPage />;
  if (second === 'new') return <IssuePage />;
  return third === 'slips' ? <SlipPage /> : <TaskPage />;
}
