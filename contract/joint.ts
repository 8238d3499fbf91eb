import { z } from 'zod';
import { id, instant } from './endpoint.ts';

/** Where work is done: a line at head office (`unitId` null) or in a unit. */
export const post = { lineId: z.number(), unitId: z.number().nullable() };

/** What the catalogue proposes for one request: dashed until a dispatcher decides. */
export const suggestion = z.object({
  ...post,
  coLineIds: z.array(z.number()),
  source: z.enum(['catalogue', 'category']),
  editionNumber: z.number().nullable(),
  /** Place of the line of the catalogue that decided. */
  nodeId: z.number().nullable(),
  /** Where the lead line has more than it can do: its backup, with the figures that say so. */
  backup: z
    .object({
      ...post,
      open: z.number(),
      handlers: z.number(),
      mostPerHandler: z.number(),
      overdue: z.number(),
      mostOverdue: z.number(),
    })
    .nullable(),
});
export type Suggestion = z.infer<typeof suggestion>;

export const partStates = ['asked', 'accepted', 'in_progress', 'done', 'released'] as const;

/** A part of the work that another line does (协办), with its own clock. */
export const part = z.object({
  id,
  ...post,
  state: z.enum(partStates),
  /** What it is to do; null where this reader may not read it. */
  task: z.string().nullable(),
  askedBy: z.string(),
  askedAt: instant,
  /** When it must have got in touch, and when it must be done. Neither ever moves. */
  contactDue: instant,
  due: instant,
  contactedAt: instant.nullable(),
  acceptedAt: instant.nullable(),
  doneAt: instant.nullable(),
  handler: z.string().nullable(),
  /** Done after its due, or open past it: counted to the co-line. */
  late: z.boolean(),
  /** This reader's post does it. */
  mine: z.boolean(),
});
export type Part = z.infer<typeof part>;

/** The backup line does it for an overloaded one. */
export const takeover = z.object({
  fromLineId: z.number(),
  fromUnitId: z.number().nullable(),
  toLineId: z.number(),
  at: instant,
  by: z.string(),
});
