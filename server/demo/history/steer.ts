/** How far a need of the last days has come by now; what is not said is drawn. */
export interface Steer {
  /** What has not happened yet. */
  hold:
    | 'dispatch'
    | 'acceptance'
    | 'return'
    | 'contact'
    | 'work'
    | 'decision'
    | 'resume'
    | 'verdict'
    | 'call'
    | 'rework'
    | 'rework_begun'
    | 'none';
  dispatchAt?: number;
  acceptAt?: number;
  /** Nobody accepted it in time. */
  silent?: boolean;
  contactAt?: number;
  askAt?: number;
  until?: number;
  handledAt?: number;
  verdictAt?: number;
  returns?: number;
  wish?: 'extension' | 'suspension';
  handler?: string;
  own?: 'solved' | 'denied';
  /** How often they say "not solved" before it is; once where nothing is said. */
  denials?: number;
  saidBy?: 'proxy' | 'anonymous_code';
  withdraws?: boolean;
  attempts?: number;
  attemptAt?: (i: number) => number;
  nudgeAt?: number[];
}
