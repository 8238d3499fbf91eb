import { useEffect, useState } from 'preact/hooks';

/** One value that pages look at and are drawn again when it changes. */
export interface Stored<T> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

export function stored<T>(initial: T): Stored<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useStored<T>(source: Stored<T>): T {
  const [value, setValue] = useState(source.get);
  useEffect(() => {
    const look = () => setValue(source.get);
    look();
    return source.subscribe(look);
  }, [source]);
  return value;
}
