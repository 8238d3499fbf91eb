import type { RequestThread, ThreadEntry } from '../../../contract/requests.ts';
import { type Directory, useDirectory } from '../../app/directory.ts';
import { type Format, useFormat } from '../../app/format.ts';
import { useLocale } from '../../app/words.ts';
import type { GlyphName, ThreadEvent } from '../../kit/index.ts';
import { useActWords } from './act-words.ts';
import { useProposal } from './returns.tsx';
import { useThreadWords } from './thread-words.ts';
import { useT } from './words.ts';

type Kind = ThreadEntry['kind'];

const glyphs: Partial<Record<Kind, GlyphName>> = {
  submitted: 'empty',
  registered: 'empty',
  dispatched: 'quarter',
  arbitrated: 'quarter',
  joined: 'quarter',
  taken_back: 'back',
  returned: 'back',
  accepted: 'half',
  silently_accepted: 'half',
  contacted: 'half',
  resumed: 'half',
  part_asked: 'quarter',
  part_accepted: 'half',
  part_done: 'threeQuarters',
  part_released: 'dash',
  taken_over: 'half',
  handed_back: 'back',
  handled: 'threeQuarters',
  answered: 'threeQuarters',
  solved: 'done',
  not_solved: 'again',
  reopened: 'again',
  nudged: 'triangle',
  warned: 'triangle',
  suspension_approved: 'pause',
  extension_approved: 'dash',
  closed_unreachable: 'dash',
  closed_unverified: 'dash',
  closed_explained: 'dash',
  withdrawn: 'dash',
  deferred: 'pause',
  deferral_over: 'again',
  objected: 'again',
  handed_over: 'quarter',
  panel_called: 'diamond',
  panel_outcome: 'diamond',
  sealed: 'lock',
};
const tones: Partial<Record<Kind, ThreadEvent['tone']>> = {
  solved: 'good',
  nudged: 'near',
  not_solved: 'near',
  extension_approved: 'near',
  suspension_approved: 'near',
  deferred: 'near',
  objected: 'near',
  sealed: 'seal',
};
/** What a person wrote here is theirs to be quoted; elsewhere it is the system's own sentence. */
const ownWords: readonly Kind[] = [
  'submitted',
  'registered',
  'not_solved',
  'solved',
  'reply',
  'nudged',
  'withdrawn',
  'objected',
  'followup_answer',
  'followup_visit',
];

interface Speech {
  thread: ReturnType<typeof useThreadWords>;
  act: ReturnType<typeof useActWords>;
  queue: ReturnType<typeof useT>;
  directory: Directory;
  format: Format;
  proposal: ReturnType<typeof useProposal>;
}

const byCode = <T extends { code: string; id: number }>(all: readonly T[], code: unknown): number | undefined =>
  all.find((each) => each.code === code)?.id;

/** The figures and codes of an entry as one line of words. */
function detailOf(entry: ThreadEntry, request: RequestThread, say: Speech): string {
  const { data } = entry;
  const { thread: t, act, queue, directory, format } = say;
  const parts: string[] = [];
  switch (entry.kind) {
    case 'submitted':
    case 'registered':
      parts.push(
        t('channelAndDue', {
          channel: queue(`channel_${request.channel}`),
          contact: format.moment(request.dues.contact),
          resolve: format.moment(request.dues.resolve),
        }),
      );
      break;
    case 'dispatched':
    case 'arbitrated': {
      const line = directory.lineName(byCode(directory.lines, data.line)) || String(data.line ?? '');
      const unit = directory.nameOf(byCode(directory.nodes, data.unit));
      parts.push(unit ? t('toUnit', { line, unit }) : t('to', { line }));
      break;
    }
    case 'part_asked':
    case 'taken_over':
    case 'handed_back': {
      const line = directory.lineName(byCode(directory.lines, data.line)) || String(data.line ?? '');
      const unit = directory.nameOf(byCode(directory.nodes, data.unit));
      parts.push(unit ? t('toUnit', { line, unit }) : t('to', { line }));
      if (typeof data.until === 'string') parts.push(t('until', { at: format.moment(data.until) }));
      break;
    }
    case 'part_done':
    case 'part_released':
      if (typeof data.onTime === 'boolean') parts.push(t(data.onTime ? 'partOnTime' : 'partLate'));
      break;
    case 'returned':
      if (typeof data.reason === 'string') parts.push(act.or(`return_${data.reason}`, ''));
      if (typeof data.returns === 'number') parts.push(t('afterReturns', { n: data.returns }));
      parts.push(say.proposal(data));
      break;
    case 'extension_asked':
    case 'suspension_asked':
      if (typeof data.reason === 'string') parts.push(act.or(`ask_${data.reason}`, ''));
      if (typeof data.until === 'string') parts.push(t('until', { at: format.moment(data.until) }));
      break;
    case 'extension_approved':
    case 'suspension_approved':
    case 'deferral_proposed':
    case 'deferred':
      if (typeof data.until === 'string') parts.push(t('until', { at: format.moment(data.until) }));
      break;
    case 'handed_over': {
      const line = directory.lineName(byCode(directory.lines, data.line));
      const unit = directory.nameOf(byCode(directory.nodes, data.unit));
      if (line) parts.push(unit ? t('toUnit', { line, unit }) : t('to', { line }));
      else if (data.receiver) parts.push(t('to', { line: String(data.receiver) }));
      break;
    }
    case 'panel_called':
      parts.push(t.or(`about_${data.about}`, ''));
      break;
    case 'panel_outcome': {
      // What was asked decides what the answer means: that somebody may be made to wait is not that anything was given.
      const outcome = data.given === true ? 'panel_given' : 'panel_not_given';
      const votes = { yes: Number(data.yes), no: Number(data.no) };
      parts.push(t.or(`about_${data.about}`, ''), t.or(`${outcome}_${data.about}`, t(outcome, votes), votes));
      break;
    }
    case 'handled':
      if (typeof data.solution === 'string') parts.push(act.or(`solution_${data.solution}`, ''));
      if (typeof data.onTime === 'boolean') parts.push(t(data.onTime ? 'onTime' : 'late'));
      break;
    case 'answered':
      if (data.article) parts.push(t('article', { code: String(data.article) }));
      break;
    case 'not_solved':
      if (typeof data.reopens === 'number')
        parts.push(t('reopenNo', { n: data.reopens, priority: queue.or(`priority_${data.priority}`, '') }));
      break;
    case 'nudged':
      if (typeof data.nudges === 'number') parts.push(t('nudgeNo', { n: data.nudges }));
      if (data.upward === true) parts.push(t('upward'));
      break;
    case 'warned': {
      const minutes = Number(data.minutes);
      const values = {
        clock: t.or(`clock_${data.clock}`, ''),
        tells: t.or(`tells_${data.tells}`, ''),
        span: format.span(Math.abs(minutes) * 60_000),
      };
      parts.push(t(minutes < 0 ? 'warned_before' : minutes === 0 ? 'warned_at' : 'warned_after', values));
      break;
    }
    case 'said_solved':
      parts.push(t('saidOnly'));
      break;
    case 'closed_unreachable':
    case 'closed_unverified':
      parts.push(t('closedStill'));
      break;
    case 'sealed':
      if (data.ring) parts.push(t('ring', { ring: String(data.ring) }));
      break;
    case 'facts_changed':
      if (data.category)
        parts.push(
          t('changed', {
            what: act('category'),
            value: directory.categoryName(byCode(directory.categories, data.category)) || String(data.category),
          }),
        );
      if (data.site)
        parts.push(
          t('changed', {
            what: act('site'),
            value: directory.nameOf(byCode(directory.nodes, data.site)) || String(data.site),
          }),
        );
      if (data.priority)
        parts.push(
          t('changed', { what: act('priority'), value: queue.or(`priority_${data.priority}`, String(data.priority)) }),
        );
      break;
    default:
  }
  return parts.filter(Boolean).join(t('comma'));
}

/** The thread of a request in words, for the page, the preview and the notice of a change. */
/** `files`: where the evidence is read, for who reads this thread elsewhere than on the request's own page. */
export function useThreadEvents(request: RequestThread, files = `/api/requests/${request.id}/files`): ThreadEvent[] {
  const say: Speech = {
    thread: useThreadWords(),
    act: useActWords(),
    queue: useT(),
    directory: useDirectory(),
    format: useFormat(),
    proposal: useProposal(),
  };
  const english = useLocale() === 'en';
  return request.entries.map((entry) => {
    const theirs = entry.side === 'requester' || ownWords.includes(entry.kind);
    return {
      id: entry.id,
      at: entry.at,
      dayOnly: request.dayOnly && entry.side === 'requester',
      glyph: glyphs[entry.kind] ?? 'dot',
      tone: tones[entry.kind],
      what: say.thread.or(entry.kind, entry.kind),
      who:
        entry.who ??
        (entry.side === 'requester' ? say.thread('requester') : entry.side === 'system' ? say.thread('system') : ''),
      detail: detailOf(entry, request, say) || undefined,
      words: entry.text ? (english ? entry.text : entry.text.replace(/^[“"]|[”"]$/g, '')) : null,
      theirs,
      files: entry.files.map((file) => ({ ...file, href: `${files}/${file.id}` })),
    };
  });
}
