import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useMemo } from 'react';
import type { OutputOf } from '../../contract/endpoint.ts';
import { type Category, type Line, type Node, organizationEndpoints } from '../../contract/organization.ts';
import { call } from './api.ts';
import { type Locale, nameIn, useLocale } from './words.ts';

type DirectoryData = OutputOf<typeof organizationEndpoints.directory>;

/** The group's units, sites, lines and categories, by id and in the reader's language. */
export interface Directory extends DirectoryData {
  node(id: number | null | undefined): Node | undefined;
  line(id: number | null | undefined): Line | undefined;
  category(id: number | null | undefined): Category | undefined;
  /** Name of a node; empty where there is none. */
  nameOf(nodeId: number | null | undefined): string;
  lineName(id: number | null | undefined): string;
  categoryName(id: number | null | undefined): string;
  /** The unit a node belongs to: itself if it is one. */
  unitOf(nodeId: number | null | undefined): Node | undefined;
  units: readonly Node[];
  sites: readonly Node[];
}

function indexDirectory(data: DirectoryData, language: Locale): Directory {
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const lines = new Map(data.lines.map((line) => [line.id, line]));
  const categories = new Map(data.categories.map((category) => [category.id, category]));
  const named = (thing: { zh: string; en: string } | undefined) => (thing ? nameIn(thing, language) : '');
  const unitOf = (id: number | null | undefined) => {
    let node = id ? nodes.get(id) : undefined;
    while (node && node.kind !== 'unit') node = node.parentId ? nodes.get(node.parentId) : undefined;
    return node;
  };
  return {
    ...data,
    node: (id) => (id ? nodes.get(id) : undefined),
    line: (id) => (id ? lines.get(id) : undefined),
    category: (id) => (id ? categories.get(id) : undefined),
    nameOf: (id) => named(id ? nodes.get(id) : undefined),
    lineName: (id) => named(id ? lines.get(id) : undefined),
    categoryName: (id) => named(id ? categories.get(id) : undefined),
    unitOf,
    units: data.nodes.filter((node) => node.kind === 'unit'),
    sites: data.nodes.filter((node) => node.kind === 'site'),
  };
}

const directoryQuery = {
  queryKey: ['directory'] as const,
  queryFn: () => call(organizationEndpoints.directory, {}),
  staleTime: 5 * 60_000,
};

const DirectoryContext = createContext<Directory | null>(null);
export const DirectoryProvider = DirectoryContext.Provider;

/** Loads and indexes the directory once for the frame. */
export function useLoadedDirectory() {
  const language = useLocale();
  const query = useQuery(directoryQuery);
  const directory = useMemo(() => (query.data ? indexDirectory(query.data, language) : null), [query.data, language]);
  return { directory, error: query.error, retry: query.refetch };
}

/** The directory; every page inside the frame has it from its first paint. */
export function useDirectory(): Directory {
  const directory = useContext(DirectoryContext);
  if (!directory) throw new Error('useDirectory is used outside the frame');
  return directory;
}
