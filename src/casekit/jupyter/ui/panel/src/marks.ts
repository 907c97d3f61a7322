// What is marked in a text, by type: names, figures, notes, codes, cuts.

import type { Mark, SourceView } from './api';
import { t } from './strings';

/** One entry of the legend. */
export interface MarkType {
  /** Of the class `casekit-Mark-<id>`. */
  id: string;
  label: string;
  count: number;
}

/** The lexicon's types under the names of the facets. */
const FAMILIES: Readonly<Record<string, string>> = {
  company: 'company',
  org: 'company',
  brand: 'company',
  product: 'tool',
  tool: 'tool',
  tactic: 'tactic',
  person: 'person',
  framework: 'framework'
};

/** The colour class of a mark: figures, notes and codes, and names by what they name. */
export function markId(mark: Mark): string {
  if (mark.type !== 'mention') {
    return mark.type;
  }
  return familyOf(mark.kind);
}

/** The facet that a type of name belongs to. */
export function familyOf(type: string): string {
  return FAMILIES[type] ?? 'other';
}

/** What is marked in a source, counted once for each thing marked, in a fixed order. */
export function markTypes(view: SourceView): MarkType[] {
  const counts = new Map<string, number>();
  let before = new Set<string>();
  for (const block of view.blocks) {
    for (const piece of block.pieces) {
      const here = new Set<string>();
      for (const mark of piece.marks) {
        here.add(`${markId(mark)}:${mark.id || mark.label}`);
      }
      if (piece.cut) {
        here.add(`cut:${piece.cut.rule}`);
      }
      for (const key of here) {
        if (!before.has(key)) {
          const id = key.slice(0, key.indexOf(':'));
          counts.set(id, (counts.get(id) ?? 0) + 1);
        }
      }
      before = here;
    }
  }
  const names: readonly [string, string][] = [
    ['company', t('typeCompany')],
    ['tool', t('typeTool')],
    ['tactic', t('typeTactic')],
    ['person', t('typePerson')],
    ['framework', t('typeFramework')],
    ['other', t('typeOther')],
    ['figure', t('figures')],
    ['note', t('notesMark')],
    ['code', t('codesMark')],
    ['cut', t('cuts')]
  ];
  return names.flatMap(([id, label]) => {
    const count = counts.get(id) ?? 0;
    return count > 0 ? [{ id, label, count }] : [];
  });
}
