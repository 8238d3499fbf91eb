import { messageEndpoints as api } from '../../../contract/messages.ts';
import { provideHearers } from '../../platform/live.ts';
import { type Desk, serve } from '../../platform/serve.ts';
import { confirmMessage, countsOf, hearersOfMessages, openMessages, readInbox } from './inbox.ts';

export function mountMessages(desk: Desk): void {
  provideHearers('message', hearersOfMessages);
  serve(desk, api.inbox, ({ tx, actor }, input) => readInbox(tx, actor.accountId!, input));
  serve(desk, api.messageCounts, ({ tx, actor }) => countsOf(tx, actor.accountId!));
  serve(desk, api.open, (context, { ids }) => openMessages(context, ids));
  serve(desk, api.confirm, (context, { id, reply }) => confirmMessage(context, id, reply ?? null));
}
