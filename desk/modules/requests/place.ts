/** Where one stood in the queue. In the tab's storage, so that it ends with the person's session. */
interface Place {
  search: Record<string, unknown>;
  selectedId: string | null;
}

const stored = 'lastmetre.queue';
const start: Place = { search: {}, selectedId: null };

/** Coming back from a request is coming back to its row in the same list. */
export function placeInQueue(): Place {
  try {
    return { ...start, ...(JSON.parse(sessionStorage.getItem(stored) ?? '{}') as Partial<Place>) };
  } catch {
    return start;
  }
}

export function keepPlace(part: Partial<Place>): void {
  sessionStorage.setItem(stored, JSON.stringify({ ...placeInQueue(), ...part }));
}
