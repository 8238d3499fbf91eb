import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { randomId } from '../../app/identifier.ts';
import { type FileFault, faultOf, type ImportReport, sendWorkbook } from './checking.ts';

export type ImportState =
  | { step: 'choose'; fault: FileFault | 'cancelled' | null }
  | { step: 'checking' | 'applying'; file: File }
  | { step: 'checked'; file: File; report: ImportReport; error: unknown }
  | { step: 'failed'; file: File; error: unknown }
  | { step: 'applied'; file: File; report: ImportReport };

const start: ImportState = { step: 'choose', fault: null };

/** The way of one workbook: chosen, checked, applied. Nothing changes before the last step. */
export function useImport() {
  const cache = useQueryClient();
  const [state, setState] = useState<ImportState>(start);
  const running = useRef<AbortController | null>(null);
  /** One key for one checked file, so that a second press after a lost answer applies it once. */
  const applyKey = useRef('');

  const check = async (file: File) => {
    const fault = faultOf(file);
    if (fault) return setState({ step: 'choose', fault });
    const stop = new AbortController();
    running.current = stop;
    setState({ step: 'checking', file });
    try {
      const report = await sendWorkbook(file, 'check', randomId(), stop.signal);
      applyKey.current = randomId();
      setState({ step: 'checked', file, report, error: null });
    } catch (error) {
      setState(stop.signal.aborted ? { step: 'choose', fault: 'cancelled' } : { step: 'failed', file, error });
    }
  };

  const apply = async (file: File, checked: ImportReport) => {
    setState({ step: 'applying', file });
    try {
      const report = await sendWorkbook(file, 'apply', applyKey.current, new AbortController().signal);
      setState({ step: 'applied', file, report });
      await Promise.all(['directory', 'accounts'].map((word) => cache.invalidateQueries({ queryKey: [word] })));
    } catch (error) {
      setState({ step: 'checked', file, report: checked, error });
    }
  };

  return {
    state,
    check: (file: File) => void check(file),
    apply: (file: File, report: ImportReport) => void apply(file, report),
    cancel: () => running.current?.abort(),
    restart: () => setState(start),
  };
}
