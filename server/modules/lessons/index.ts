/** Front door of `lessons`: looks back upon stages, and what was learnt. */
export { insertAdoptions, insertEvidence, insertLessons, insertReviews, setCounters } from './queries.ts';
export { remindOfLessons } from './reviewing.ts';
