import type { ChannelKind } from '../../../../contract/messages.ts';
import { byEmail } from './email.ts';
import { byDingtalk, byFeishu, byWecom } from './robots.ts';
import { bySms } from './sms.ts';
import type { Way } from './way.ts';

/** Every way out of the house. */
export const ways: Record<ChannelKind, Way> = {
  email: byEmail,
  sms: bySms,
  wecom: byWecom,
  dingtalk: byDingtalk,
  feishu: byFeishu,
};
