import { useLocation } from '@tanstack/react-router';
import LessonPage from './lesson.tsx';
import LessonsPage from './list.tsx';
import ReviewsPage from './page.tsx';

/** Looks back, lessons and one lesson in one piece: the first page of the desk names one file for them. */
export default function LessonPages() {
  const { pathname } = useLocation();
  const [, , part] = pathname.split('/');
  if (!part) return <ReviewsPage />;
  return part === 'all' ? <LessonsPage /> : <LessonPage />;
}
