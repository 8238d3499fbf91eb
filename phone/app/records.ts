import type { InputOf, OutputOf, Problem } from '../../contract/endpoint.ts';
import type { organizationEndpoints } from '../../contract/organization.ts';
import type { RequestRow, requestEndpoints } from '../../contract/requests.ts';

/** What the phone keeps on its disk. */
export type Directory = OutputOf<(typeof organizationEndpoints)['publicDirectory']>;
export type Site = Directory['sites'][number];
/** A category with what a visitor is promised. */
export type Kind = Directory['categories'][number];
export type Creation = InputOf<(typeof requestEndpoints)['create']>;
export type Created = OutputOf<(typeof requestEndpoints)['create']>;

/** What is being written. */
export interface Draft {
  /** Second-level category code, or `X` where the person cannot tell. */
  code: string;
  phrases: string[];
  text: string;
  photos: string[];
  spot: string;
  confidentiality: Creation['confidentiality'];
  callback: string;
  savedAt: string;
  /** Set when a request that was not sent is mended: it keeps its id and query code. */
  mending: { id: string; queryCode: string; problem: Problem | null } | null;
}

/** A near-miss that was received, as the one who told it sees it; forgotten when they sign out. */
export interface ToldMiss {
  number: string;
  what: string;
  madeAt: string;
}
export const toldMissesAs = (account: string): string => `rows:misses:${account}`;

/** A request this phone remembers, with its code: whoever holds the phone can follow it without an account. */
export interface Mine {
  id: string;
  /** Given by the server's answer. */
  number: string | null;
  code: string;
  categoryId: number;
  /** The person's own words; empty where they are about health or the person, so that the list can be shown around. */
  text: string;
  anonymous: boolean;
  urgent: boolean;
  account: string | null;
  submittedAt: string;
  site: Site | null;
  created: Created | null;
  photosLost?: boolean;
  /** As it was written, until it has arrived, so that a refused one can be mended. */
  draft: Draft | null;
  /** As it was when last seen. */
  row: RequestRow | null;
}

/** Where this phone is: from the code that was scanned, or from the site chosen last time. */
export interface Place {
  token: string | null;
  site: Site | null;
  point: { id: number; zh: string; en: string } | null;
  /** Where the signed-in person belongs, while nothing was scanned or chosen here; never kept. */
  home?: true;
}
