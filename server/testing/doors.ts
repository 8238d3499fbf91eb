import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Endpoint } from '../../contract/endpoint.ts';
import { endpoints } from '../../contract/index.ts';

/** One way out of the program: a path as the router holds it, with the contract's description where it has one. */
export interface Door {
  path: string;
  endpoint: Endpoint | null;
}

/** The router's tree as it prints it: four characters a level, a node's own part, its methods in brackets. */
function* nodes(tree: string): Generator<{ path: string; methods: string[] }> {
  const above: string[] = [];
  for (const line of tree.split('\n')) {
    const found = /^(.*[├└]── )(\S+)(?: \(([A-Z, ]+)\))?/.exec(line);
    if (!found) continue;
    const depth = found[1]!.length / 4 - 1;
    above.length = depth;
    above.push(found[2]!);
    // The root is "/", whose children are written without it.
    yield { path: above.join('').replace(/^\/+/, '/'), methods: found[3]?.split(', ') ?? [] };
  }
}

const described: Endpoint[] = Object.values(endpoints).flatMap((module) => Object.values(module) as Endpoint[]);

/** Every address that answers a GET, also those no contract describes: taken from the router, so that none is forgotten. */
export function readingDoors(app: FastifyInstance): Door[] {
  const all = [...nodes(app.printRoutes({ commonPrefix: false }))];
  return all
    .filter((one) => one.methods.includes('GET'))
    .map(({ path }) => ({
      path,
      endpoint: described.find((one) => one.method === 'GET' && one.path === path) ?? null,
    }));
}

/** Every endpoint of the contract that changes something or carries what it asks in its body. */
export const writingDoors = (): Endpoint[] => described.filter((one) => one.method !== 'GET');

interface Schema {
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  default?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
}

/** What may be asked of a door: its fields, and which of them must be there. */
export function fieldsOf(endpoint: Endpoint): { name: string; needed: boolean; schema: Schema }[] {
  const schema = z.toJSONSchema(endpoint.input, { io: 'input', unrepresentable: 'any' }) as Schema;
  return Object.entries(schema.properties ?? {}).map(([name, one]) => ({
    name,
    needed: schema.required?.includes(name) ?? false,
    schema: one,
  }));
}

/** All words a field may hold where the contract names them. */
export function choicesOf(schema: Schema): string[] {
  const own = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  return [...own, ...(schema.anyOf ?? []).flatMap(choicesOf)].filter((one) => one !== null).map(String);
}

export const pathParameters = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((found) => found[1]!);
