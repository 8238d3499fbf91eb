import { z } from 'zod';
import type { Gate } from './permissions.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * One endpoint of the public interface. `input` is one object made of path parameters, query string (GET) and
 * JSON body (others); the server splits it. Does not compile without a gate, so nothing is open by oversight.
 */
export interface Endpoint<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  method: Method;
  path: string;
  gate: Gate;
  /** Token scope a program needs; `null` means programs are never let in (rules 3). */
  scope: 'requests:create' | 'requests:read' | null;
  summary: string;
  input: I;
  output: O;
}

export function endpoint<I extends z.ZodObject, O extends z.ZodType>(definition: Endpoint<I, O>): Endpoint<I, O> {
  return definition;
}

export type InputOf<E> = E extends Endpoint<infer I, z.ZodType> ? z.input<I> : never;
export type ParsedOf<E> = E extends Endpoint<infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<E> = E extends Endpoint<z.ZodObject, infer O> ? z.output<O> : never;

/** RFC 9457 problem+json. `fields` names each bad field; `code` is stable and translated by the interface. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  fields: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
  /** The record as it stands now, when somebody else was first. */
  current: z.unknown().optional(),
});
export type Problem = z.infer<typeof problem>;

export const id = z.uuid();
export const instant = z.string();
export const nodeId = z.coerce.number().int().positive();
export const lineId = z.coerce.number().int().positive();
export const categoryId = z.coerce.number().int().positive();
export const named = z.object({ id: z.number(), code: z.string(), zh: z.string(), en: z.string() });
export const done = z.object({ done: z.literal(true) });
/** Version of the record the person was looking at; a stale one is answered 409 with the record as it stands. */
export const version = z.number().int().nonnegative();
