import { t } from '../../words';
import type { SourceRange } from '../source';

/** "line 11" or "lines 16–17". */
export function linesOf({ line, endLine }: SourceRange): string {
  return line === endLine ? t('line', { line }) : t('flow.lines', { from: line, to: endLine });
}
