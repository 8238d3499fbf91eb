/** Front door of `messages`: people are told through here. */
export { type Addressees, type Telling, tell } from './telling.ts';
