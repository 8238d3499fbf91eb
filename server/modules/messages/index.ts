/** Front door of `messages`: people are told through here. */
export { takeMailFromEnvironment } from './channels.ts';
export { followUpSilence } from './chasing.ts';
export { startCourier } from './courier.ts';
export { forgetOldMessages } from './forgetting.ts';
export { linksOf } from './letters.ts';
export { eraseRepliesAbout, openCopiesToldBefore, tellingsAbout } from './queries.ts';
export {
  agreesToSms,
  provideRequesterContact,
  requesterChannel,
  setSmsAgreement,
  tellRequester,
} from './requesters.ts';
export { type Addressees, holdersOf, provideAway, reachedAs, type Telling, tell } from './telling.ts';
