/** Front door of `open311`: where sites lie, for whoever loads a group. */
export { savePlaces } from './queries.ts';
