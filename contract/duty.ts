import { z } from 'zod';
import { done, endpoint, id, instant, lineId, nodeId, version } from './endpoint.ts';

/** Hours of a shift on the group's clock, minutes from midnight of its day. Source: world.yaml `shifts`. */
export const dutyHours = {
  N: { zh: '夜班', en: 'Night', from: 0, to: 480 },
  D: { zh: '白班', en: 'Day', from: 480, to: 960 },
  E: { zh: '中班', en: 'Evening', from: 960, to: 1440 },
  H: { zh: '行政值班', en: 'Duty officer', from: 510, to: 1950 },
} as const;
export type HoursCode = keyof typeof dutyHours;
export const hoursCodes = Object.keys(dutyHours) as [HoursCode, ...HoursCode[]];

export const shiftStates = ['planned', 'taken', 'handed_over', 'missed', 'swapped'] as const;
export const teamKinds = ['task_force', 'vanguard_team', 'vanguard_post'] as const;
export type TeamKind = (typeof teamKinds)[number];
export const personStates = ['on_duty', 'at_home', 'returning'] as const;
export type PersonState = (typeof personStates)[number];
/** Why somebody is where they are: never in terms of health. */
export const statusReasons = [
  'assigned',
  'rotation',
  'area_closed',
  'remote',
  'family',
  'return_plan',
  'other',
] as const;
export const dutyItemStates = ['due', 'done', 'late', 'delegated'] as const;
export const delegationStates = ['asked', 'approved', 'refused', 'ended'] as const;

/** At most so many hours awake in any 24, and so many days in a row (domain row 17). */
export const mostHours = 12;
export const mostDays = 14;
/** Of an hour on standby so much counts as awake. */
export const standbyShare = 1 / 3;

const day = z.iso.date();
const wording = z.object({ zh: z.string(), en: z.string() });
const label = z.string();

const person = z.object({ accountId: id, name: label });

export const dutyShift = z.object({
  id,
  postId: id,
  accountId: id,
  name: label,
  from: instant,
  to: instant,
  state: z.enum(shiftStates),
  takenAt: instant.nullable(),
  beyondReason: z.string().nullable(),
  version: z.number(),
});
export type DutyShift = z.infer<typeof dutyShift>;

const handover = z.object({
  id,
  note: z.string(),
  openMatters: z.array(z.string()),
  givenBy: label,
  givenAt: instant,
  receivedBy: label.nullable(),
  receivedAt: instant.nullable(),
});

export const dutyPost = z.object({
  id,
  nodeId: z.number(),
  lineId: z.number().nullable(),
  zh: z.string(),
  en: z.string(),
  hours: z.array(z.enum(hoursCodes)),
  standby: z.boolean(),
  stages: z.array(z.string()),
  phone: z.string().nullable(),
  version: z.number(),
});
export type DutyPost = z.infer<typeof dutyPost>;

/** An hour, or several, for which a post names nobody though the stage asks for it. */
export const dutyGap = z.object({
  postId: id,
  nodeId: z.number(),
  zh: z.string(),
  en: z.string(),
  from: instant,
  to: instant,
});
export type DutyGap = z.infer<typeof dutyGap>;

/** What stands beyond a limit: hours awake in 24, days in a row; or away, at another post, and who could stand in. */
export const fatigueFinding = z.object({
  accountId: id,
  name: label,
  kind: z.enum(['hours', 'days']),
  value: z.number(),
  /** From when a forced rest is suggested. */
  restFrom: instant,
});

const planEntry = z.object({
  id,
  postId: id,
  day,
  hours: z.enum(hoursCodes),
  accountId: id,
  /** The planned shift it takes the place of, as it was seen. */
  instead: z.object({ id, version }).optional(),
});

export const dutyItem = z.object({
  key: z.string(),
  source: z.string(),
  what: wording,
  dueAt: instant,
  doneAt: instant.nullable(),
  state: z.enum(dutyItemStates),
  route: z.string().nullable(),
});
export type DutyItemView = z.infer<typeof dutyItem>;

const fulfilment = z.object({
  week: day,
  sources: z.array(z.object({ key: z.string(), words: wording })),
  items: z.array(dutyItem),
});

export const statusPeriod = z.object({
  id,
  accountId: id.nullable(),
  name: label,
  nodeId: z.number(),
  state: z.enum(personStates),
  from: instant,
  to: instant.nullable(),
  reason: z.enum(statusReasons),
  version: z.number(),
});

const support = z.object({
  key: z.string(),
  zh: z.string(),
  en: z.string(),
  route: z.string().nullable(),
  phone: z.string().nullable(),
});

export const delegation = z.object({
  id,
  fromId: id,
  fromName: label,
  toId: id,
  toName: label,
  role: z.string(),
  nodeId: z.number(),
  lineId: z.number().nullable(),
  from: instant,
  to: instant,
  reason: z.string(),
  state: z.enum(delegationStates),
  decidedBy: label.nullable(),
  decision: z.string().nullable(),
  endedAt: instant.nullable(),
  version: z.number(),
  can: z.object({ decide: z.boolean(), end: z.boolean() }),
});
export type DelegationView = z.infer<typeof delegation>;

const team = z.object({
  id,
  kind: z.enum(teamKinds),
  nodeId: z.number(),
  name: z.string(),
  purpose: z.string(),
  /** As `members`: of a vanguard team others are told the post of its head, not who it is. */
  head: person.nullable(),
  headRole: z.string().nullable(),
  from: instant,
  to: instant,
  endedAt: instant.nullable(),
  version: z.number(),
  people: z.number(),
  /** Null: who is in it shows who belongs to the Party, and is told to the organisation line and the team alone. */
  members: z.array(person.extend({ id, homeNodeId: z.number(), from: instant, to: instant.nullable() })).nullable(),
  can: z.object({ change: z.boolean() }),
});
export type TeamView = z.infer<typeof team>;

const lent = z.object({
  id,
  accountId: id,
  name: label,
  fromNode: z.number(),
  toNode: z.number(),
  from: instant,
  returnAt: instant,
  returnedAt: instant.nullable(),
  /** Whole days past the day of return. */
  daysLate: z.number(),
  purpose: z.string(),
  version: z.number(),
  can: z.object({ return: z.boolean() }),
});
export type LentView = z.infer<typeof lent>;

export const dutyEndpoints = {
  now: endpoint({
    method: 'GET',
    path: '/api/duty/now',
    gate: 'duty.read',
    scope: null,
    summary: 'Who is on duty now at each level, with the number of the post, the next one and the last hand-over',
    input: z.object({ nodeId: nodeId.optional() }),
    output: z.object({
      asOf: instant,
      posts: z.array(
        dutyPost.extend({
          required: z.boolean(),
          now: dutyShift.nullable(),
          next: dutyShift.nullable(),
          handover: handover.nullable(),
          /** Over for longer than half an hour, and nothing was handed over. */
          unhanded: dutyShift.nullable(),
        }),
      ),
      /** Without a named officer from now on for seven days. */
      gaps: z.array(dutyGap),
      /** Hours asked for and hours named in these seven days. */
      asked: z.number(),
      named: z.number(),
      can: z.object({ plan: z.array(z.number()) }),
    }),
  }),
  week: endpoint({
    method: 'GET',
    path: '/api/duty/week',
    gate: 'duty.read',
    scope: null,
    summary: 'Seven days of the posts of one node: who is named for which hours, what is missing, and who is tired',
    input: z.object({ nodeId, from: day.optional() }),
    output: z.object({
      nodeId: z.number(),
      from: day,
      days: z.array(day),
      posts: z.array(
        dutyPost.extend({
          cells: z.array(
            z.object({
              day,
              hours: z.enum(hoursCodes),
              from: instant,
              to: instant,
              required: z.boolean(),
              shift: dutyShift.nullable(),
            }),
          ),
        }),
      ),
      fatigue: z.array(fatigueFinding),
      can: z.object({ plan: z.boolean(), beyond: z.boolean() }),
    }),
  }),
  candidates: endpoint({
    method: 'GET',
    path: '/api/duty/candidates',
    gate: 'duty.plan',
    scope: null,
    summary: 'Who could take these hours of a post, the freshest first, and what speaks against each',
    input: z.object({ postId: id, day, hours: z.enum(hoursCodes) }),
    output: z.object({
      people: z.array(
        person.extend({
          /** Hours awake in the seven days around it, and days in a row with it. */
          hours: z.number(),
          days: z.number(),
          against: z.array(z.enum(['busy', 'hours', 'days', 'at_home', 'lent_away', 'lent_over'])),
          backup: z.boolean(),
        }),
      ),
    }),
  }),
  propose: endpoint({
    method: 'GET',
    path: '/api/duty/proposal',
    gate: 'duty.plan',
    scope: null,
    summary:
      'A week as a pattern would fill it: last week again, or the same people moved on by one. Nothing is stored',
    input: z.object({ nodeId, from: day.optional(), how: z.enum(['repeat', 'rotate']).default('repeat') }),
    output: z.object({
      entries: z.array(z.object({ postId: id, day, hours: z.enum(hoursCodes), accountId: id, name: label })),
      /** Free cells the pattern has nobody for, or only somebody who would be too tired, away or elsewhere. */
      left: z.number(),
    }),
  }),
  plan: endpoint({
    method: 'POST',
    path: '/api/duty/plan',
    gate: 'duty.plan',
    scope: null,
    summary: 'Name people for hours, all or none; beyond the limits of fatigue only with a leader’s reason',
    input: z.object({
      entries: z.array(planEntry).min(1).max(200),
      beyondReason: z.string().trim().min(4).max(200).optional(),
    }),
    output: z.object({ planned: z.number(), beyond: z.number() }),
  }),
  withdraw: endpoint({
    method: 'POST',
    path: '/api/duty/shifts/:id/withdraw',
    gate: 'duty.plan',
    scope: null,
    summary: 'Take a planned shift off the roster before it is taken',
    input: z.object({ id, version }),
    output: done,
  }),
  take: endpoint({
    method: 'POST',
    path: '/api/duty/shifts/:id/take',
    gate: 'duty.work',
    scope: null,
    summary:
      'Take over a shift: receives the note of the one before; without a note only with a reason, and it is told up',
    input: z.object({ id, version, without: z.string().trim().min(4).max(200).optional() }),
    output: done,
  }),
  handOver: endpoint({
    method: 'POST',
    path: '/api/duty/shifts/:id/handover',
    gate: 'duty.work',
    scope: null,
    summary: 'Write the hand-over note of a shift one is on; it is received by whoever comes next',
    input: z.object({
      id,
      version,
      note: z.string().trim().min(4).max(4000),
      openMatters: z.array(z.string().trim().min(3).max(40)).max(20).default([]),
    }),
    output: done,
  }),
  handovers: endpoint({
    method: 'GET',
    path: '/api/duty/handovers',
    gate: 'duty.read',
    scope: null,
    summary: 'The latest hand-overs of a post of one’s own level',
    input: z.object({ postId: id }),
    output: z.object({ handovers: z.array(handover) }),
  }),
  gaps: endpoint({
    method: 'GET',
    path: '/api/duty/gaps',
    gate: 'duty.read',
    scope: null,
    summary: 'Hours without a named officer, and of how many asked for',
    input: z.object({
      from: day.optional(),
      days: z.coerce.number().int().min(1).max(135).default(7),
      nodeId: nodeId.optional(),
    }),
    output: z.object({ gaps: z.array(dutyGap), asked: z.number(), named: z.number() }),
  }),
  savePost: endpoint({
    method: 'PUT',
    path: '/api/duty/posts/:id',
    gate: 'duty.plan',
    scope: null,
    summary: 'Set up a post: which hours must be manned, in which stages',
    input: z.object({
      id,
      /** Null: it is new. */
      version: version.nullable(),
      nodeId,
      lineId: lineId.nullable(),
      zh: z.string().trim().min(1).max(40),
      en: z.string().trim().min(1).max(60),
      hours: z.array(z.enum(hoursCodes)).min(1).max(4),
      standby: z.boolean(),
      stages: z.array(z.string().min(1).max(10)).min(1).max(10),
      phone: z.string().trim().max(40).optional(),
    }),
    output: done,
  }),
  endPost: endpoint({
    method: 'POST',
    path: '/api/duty/posts/:id/end',
    gate: 'duty.plan',
    scope: null,
    summary: 'End a post; what is planned on it after now is taken off',
    input: z.object({ id, version }),
    output: done,
  }),
  teams: endpoint({
    method: 'GET',
    path: '/api/duty/teams',
    gate: 'duty.read',
    scope: null,
    summary:
      'Task forces, vanguard teams and lent staff; members of a vanguard team for the organisation line and the team',
    input: z.object({ nodeId: nodeId.optional() }),
    output: z.object({
      teams: z.array(team),
      lent: z.array(lent),
      can: z.object({ taskForce: z.boolean(), vanguard: z.boolean(), lend: z.boolean() }),
    }),
  }),
  colleagues: endpoint({
    method: 'GET',
    path: '/api/duty/colleagues',
    gate: 'duty.read',
    scope: null,
    summary: 'People by a part of their label, for whoever sets up teams or lends staff',
    input: z.object({ search: z.string().trim().min(2).max(40) }),
    output: z.object({ people: z.array(person.extend({ nodeId: z.number() })) }),
  }),
  saveTeam: endpoint({
    method: 'POST',
    path: '/api/duty/teams',
    gate: 'duty.read',
    scope: null,
    summary: 'Set up a team: a task force by whoever plans duty there, a vanguard team by the organisation line',
    input: z.object({
      id,
      kind: z.enum(teamKinds),
      nodeId,
      name: z.string().trim().min(1).max(60),
      purpose: z.string().trim().min(4).max(400),
      headId: id,
      to: day,
      memberIds: z.array(id).max(60),
    }),
    output: done,
  }),
  changeMembers: endpoint({
    method: 'POST',
    path: '/api/duty/teams/:id/members',
    gate: 'duty.read',
    scope: null,
    summary: 'Add members to a team or let them go; by its head or whoever set up such teams',
    input: z.object({ id, version, add: z.array(id).max(60).default([]), remove: z.array(id).max(60).default([]) }),
    output: done,
  }),
  endTeam: endpoint({
    method: 'POST',
    path: '/api/duty/teams/:id/end',
    gate: 'duty.read',
    scope: null,
    summary: 'End a team; its members are let go',
    input: z.object({ id, version }),
    output: done,
  }),
  lend: endpoint({
    method: 'POST',
    path: '/api/duty/lent',
    gate: 'duty.plan',
    scope: null,
    summary: 'Lend somebody of one’s own unit to another unit or site, with the day of return',
    input: z.object({ id, accountId: id, toNode: nodeId, returnOn: day, purpose: z.string().trim().min(2).max(200) }),
    output: done,
  }),
  returnLent: endpoint({
    method: 'POST',
    path: '/api/duty/lent/:id/return',
    gate: 'duty.plan',
    scope: null,
    summary: 'Say that somebody lent is back; by the unit that lent them',
    input: z.object({ id, version }),
    output: done,
  }),
  people: endpoint({
    method: 'GET',
    path: '/api/duty/people',
    gate: 'duty.plan',
    scope: null,
    summary: 'The support workers of one’s part of the group: where they are, what they are on, who backs them up',
    input: z.object({ nodeId: nodeId.optional(), state: z.enum(personStates).optional(), week: day.optional() }),
    output: z.object({
      people: z.array(
        person.extend({
          nodeId: z.number(),
          roles: z.array(z.object({ role: z.string(), lineId: z.number().nullable() })),
          state: z.enum(personStates).nullable(),
          since: instant.nullable(),
          until: instant.nullable(),
          onNow: wording.nullable(),
          /** Another who holds the same role at the same place, or of the line’s backup. */
          deputy: label.nullable(),
        }),
      ),
      counts: z.record(z.string(), z.number()),
    }),
  }),
  fulfilment: endpoint({
    method: 'GET',
    path: '/api/duty/people/:id/fulfilment',
    gate: 'duty.work',
    scope: null,
    summary: 'What one person had to do in a week: due, done, late, delegated, each opening its record; no score',
    input: z.object({ id, week: day.optional() }),
    output: fulfilment.extend({ accountId: id, name: label }),
  }),
  orphans: endpoint({
    method: 'GET',
    path: '/api/duty/orphans',
    gate: 'duty.read',
    scope: null,
    summary: 'Sites, lines, units, measures and risks nobody answers for: a monitored figure that must be 0',
    input: z.object({ nodeId: nodeId.optional() }),
    output: z.object({
      asOf: instant,
      sources: z.array(
        z.object({
          key: z.string(),
          words: wording,
          orphans: z.array(
            z.object({
              kind: z.enum(['site', 'line', 'measure', 'unit', 'risk']),
              label: wording,
              route: z.string().nullable(),
            }),
          ),
        }),
      ),
      total: z.number(),
    }),
  }),
  mine: endpoint({
    method: 'GET',
    path: '/api/duty/mine',
    gate: 'signedIn',
    scope: null,
    summary:
      'My own page: shifts, the note that waits for me, my list of the week, my status with its support, delegations',
    input: z.object({ week: day.optional() }),
    output: z.object({
      shifts: z.array(
        dutyShift.extend({
          post: wording,
          nodeId: z.number(),
          /** Of the shift before, given and not received yet. */
          waiting: handover.nullable(),
          /** The shift before was not handed over. */
          unhanded: z.boolean(),
          own: handover.nullable(),
          can: z.object({ take: z.boolean(), handOver: z.boolean() }),
        }),
      ),
      status: statusPeriod.nullable(),
      support: z.array(support),
      list: fulfilment,
      delegations: z.array(delegation),
      /** Roles I could hand to another for a while. */
      roles: z.array(z.object({ role: z.string(), nodeId: z.number(), lineId: z.number().nullable() })),
    }),
  }),
  setStatus: endpoint({
    method: 'POST',
    path: '/api/duty/status',
    gate: 'signedIn',
    scope: null,
    summary: 'Say where one is, or where somebody of one’s unit is: on duty, at home, returning',
    input: z.object({
      id,
      /** Null: oneself. */
      accountId: id.nullable(),
      /** Of somebody without an account. */
      staffNo: z.string().trim().min(2).max(30).optional(),
      state: z.enum(personStates),
      from: day.optional(),
      to: day.optional(),
      reason: z.enum(statusReasons),
    }),
    output: done,
  }),
  delegations: endpoint({
    method: 'GET',
    path: '/api/duty/delegations',
    gate: 'duty.delegate',
    scope: null,
    summary: 'Delegations of one’s part of the group: those that wait for a decision first',
    input: z.object({}),
    output: z.object({ delegations: z.array(delegation) }),
  }),
  delegates: endpoint({
    method: 'GET',
    path: '/api/duty/delegates',
    gate: 'duty.work',
    scope: null,
    summary: 'Who could act for me in one of my roles, and what separation of duties forbids of the others',
    input: z.object({ role: z.string().max(40), nodeId, lineId: lineId.optional() }),
    output: z.object({ people: z.array(person.extend({ crosses: wording.nullable() })) }),
  }),
  askDelegation: endpoint({
    method: 'POST',
    path: '/api/duty/delegations',
    gate: 'duty.work',
    scope: null,
    summary: 'Ask that another acts in one’s role for at most fourteen days; never across a separation of duties',
    input: z.object({
      id,
      toId: id,
      role: z.string().max(40),
      nodeId,
      lineId: lineId.nullable(),
      from: z.iso.datetime({ offset: true }),
      to: z.iso.datetime({ offset: true }),
      reason: z.string().trim().min(2).max(200),
    }),
    output: done,
  }),
  decideDelegation: endpoint({
    method: 'POST',
    path: '/api/duty/delegations/:id/decision',
    gate: 'duty.delegate',
    scope: null,
    summary: 'Approve or refuse a delegation; by a leader who is neither of the two',
    input: z.object({ id, version, approve: z.boolean(), words: z.string().trim().max(200).optional() }),
    output: done,
  }),
  endDelegation: endpoint({
    method: 'POST',
    path: '/api/duty/delegations/:id/end',
    gate: 'duty.work',
    scope: null,
    summary: 'End a delegation early: by either of the two or a leader',
    input: z.object({ id, version }),
    output: done,
  }),
};
