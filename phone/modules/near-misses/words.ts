import { settings } from '../../app/settings.ts';
import { useStored } from '../../app/use-stored.ts';

/** What the page of near-misses says; both languages in the chunk that only it loads. */
const zh = {
  title: '报一次未遂',
  line: '差点出事，没出成',
  noBlame: '不追究谁。谁报的，只有本单位联络员和综合保障组看得到。',
  what: '差点发生什么',
  whatHint: '例：测温枪没电，二十人没测就进了场',
  stoppedBy: '是什么拦住了',
  stoppedByHint: '例：保障员追到班前会补测',
  place: '在哪个位置（可不写）',
  when: '什么时候',
  whenHint: '不选就是刚才',
  missing: {
    site: '还差：在哪个工地',
    what: '还差：差点发生什么',
    stoppedBy: '还差：是什么拦住了',
    when: '时间还没到',
  },
  send: '报上去',
  told: '报过的',
  kept: '存在手机里，有网自动发',
  notSent: '没发成',
  again: '改了再发',
  received: (number: string) => `已收到：${number}`,
  notYours: '登录后可以报，没网也能写。',
  full: '手机存满了，没能存下。请删些照片再试。',
};

export type NearMissWords = typeof zh;

const en: NearMissWords = {
  title: 'Report a near-miss',
  line: 'It nearly went wrong, and did not',
  noBlame: 'Nobody is blamed. Who told it is seen by the unit liaison and the support group only.',
  what: 'What nearly happened',
  whatHint: 'e.g. the thermometer had no battery; twenty people went in unmeasured',
  stoppedBy: 'What stopped it',
  stoppedByHint: 'e.g. the officer measured them at the crew meeting',
  place: 'Whereabouts (optional)',
  when: 'When',
  whenHint: 'left empty: just now',
  missing: {
    site: 'Missing: which site',
    what: 'Missing: what nearly happened',
    stoppedBy: 'Missing: what stopped it',
    when: 'That is still to come',
  },
  send: 'Report it',
  told: 'What you told',
  kept: 'On this phone; sent once there is a network',
  notSent: 'Not sent',
  again: 'Change and send again',
  received: (number) => `Received: ${number}`,
  notYours: 'Sign in to report; it can be written without network too.',
  full: 'This phone is full and could not keep it. Delete some pictures and try again.',
};

export const useNearMissWords = (): NearMissWords => (useStored(settings).locale === 'en' ? en : zh);
