import type { Directory } from '../organization/index.ts';
import { isSmallSite, type RequestRecord } from '../requests/index.ts';
import { inWords, type Locale, type Row } from './answers.ts';

export interface Service {
  category_id: number;
  zh: string;
  en: string;
}
export type Places = ReadonlyMap<number, { lat: number; long: number }>;

/** What each state means outside. *Handled* is not closed: nobody who did the work can declare it done. */
const notes = {
  received: ['已收到，还没有派出', 'Received, not yet passed to whoever will do it'],
  in_work: ['正在办理', 'Being worked on'],
  handled: ['承办方说已办好，等本人确认', 'Said to be handled; the person served has not confirmed it yet'],
  reopened: ['本人说没有解决，重新办理', 'The person served says it is not solved; it is being worked on again'],
  resolved_confirmed: [
    '本人或独立回访确认已解决',
    'Confirmed as solved by the person served or by independent follow-up',
  ],
  closed_unreachable: [
    '多次联系不上本人，已结束；不算满意',
    'Ended because the person served could not be reached; not counted as satisfied',
  ],
  closed_unverified: [
    '已结束，本人没有表示；不算满意',
    'Ended without a word from the person served; not counted as satisfied',
  ],
  closed_explained: ['已说明为什么做不到；不算解决', 'It was explained why it cannot be done; not counted as solved'],
  withdrawn: ['本人撤回', 'Withdrawn by the person served'],
} as const satisfies Record<string, readonly [string, string]>;

const latest = (...times: (Date | null)[]): Date =>
  new Date(Math.max(...times.filter((time) => time !== null).map((time) => time.getTime())));

export const serviceRow = (dir: Directory, service: Service, locale: Locale): Row => {
  const category = dir.categories.get(service.category_id)!;
  const group = dir.categories.get(category.parentId!)!;
  const english = locale === 'en';
  return {
    service_code: category.code,
    service_name: english ? category.en : category.zh,
    description: english ? service.en : service.zh,
    metadata: false,
    type: 'realtime',
    keywords: english ? category.en : category.zh,
    group: english ? group.en : group.zh,
  };
};

/**
 * One request as a city system may know it: its category's text for a description, its site for a place (its unit, where
 * the site is small), its state in plain words. Never what was written, by whom, a picture or a number to ring.
 */
export function requestRow(
  dir: Directory,
  places: Places,
  services: ReadonlyMap<number, Service>,
  r: RequestRecord,
  locale: Locale,
): Row {
  const english = locale === 'en';
  const name = (one: { zh: string; en: string } | undefined): string | null =>
    one ? (english ? one.en : one.zh) : null;
  const category = dir.categories.get(r.category_id)!;
  const shown = r.site_id !== null && !isSmallSite(dir, r.site_id) ? dir.nodes.get(r.site_id) : undefined;
  const unit = r.unit_id === null ? undefined : dir.nodes.get(r.unit_id);
  const place = shown && places.get(shown.id);
  return {
    service_request_id: r.number,
    status: r.open ? 'open' : 'closed',
    status_notes: inWords(notes[r.state as keyof typeof notes], locale),
    service_name: name(category),
    service_code: category.code,
    description: name(services.get(r.category_id)),
    agency_responsible: name(r.line_id === null ? undefined : dir.lines.get(r.line_id)) ?? name(dir.group),
    service_notice: null,
    requested_datetime: r.submitted_at.toISOString(),
    updated_datetime: (
      r.closed_at ?? latest(r.submitted_at, r.dispatched_at, r.contacted_at, r.handled_at)
    ).toISOString(),
    expected_datetime: r.promise_at.toISOString(),
    address: [name(shown), name(unit)].filter(Boolean).join(english ? ', ' : '，') || null,
    address_id: shown?.code ?? null,
    zipcode: null,
    lat: place?.lat ?? null,
    long: place?.long ?? null,
    media_url: null,
  };
}
