/** Front door of `webhooks`: what happened is told to other systems. */
export { eventsReader, queueEvents } from './events.ts';
export { forgetOldDeliveries } from './forgetting.ts';
export { startSending } from './sending.ts';
