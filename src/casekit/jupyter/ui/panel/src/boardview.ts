// Figures and relations that speak to a question, by how sure they are: told as fact, claimed, planned, heard of.

import { type Address, type Board, type Bond, type Claim, FOOTINGS, type Footing } from './api';
import type { Actions } from './actions';
import type { Desk } from './desk';
import { el, fill } from '../../shared/dom';
import { type Key, t } from './strings';

const LABELS: Record<Footing, Key> = { proven: 'proven', claimed: 'claimed', planned: 'planned', hearsay: 'hearsay' };

/** The board of a question, folded away; it is asked for when it is opened. */
export function boardOf(desk: Desk, actions: Actions, question: string): HTMLElement {
  const body = el('div', { class: 'casekit-Board-body', 'aria-live': 'polite' });
  let asked = false;
  const open = (event: Event): void => {
    if (asked || !(event.currentTarget as HTMLDetailsElement).open) {
      return;
    }
    asked = true;
    fill(body, el('p', {}, t('loading')));
    desk.api.board(question).then(
      board => fill(body, ...drawn(board, actions)),
      (error: unknown) => fill(body, el('p', {}, error instanceof Error ? error.message : String(error)))
    );
  };
  return el('details', { class: 'casekit-Board', ontoggle: open }, el('summary', {}, t('board')), body);
}

function drawn(board: Board, actions: Actions): HTMLElement[] {
  const bonds = (footing: Footing): Bond[] => board.relations.filter(one => one.footing === footing);
  const parts = FOOTINGS.filter(footing => board[footing].length + bonds(footing).length > 0).map(footing =>
    el(
      'section',
      { 'data-footing': footing },
      el('h4', {}, `${t(LABELS[footing])} ${board[footing].length + bonds(footing).length}`),
      el('ul', {}, ...board[footing].map(claim => line(claim, actions)), ...bonds(footing).map(one => bondLine(one, actions)))
    )
  );
  return parts.length > 0 ? parts : [el('p', {}, board.reason ?? t('boardEmpty'))];
}

function line(claim: Claim, actions: Actions): HTMLElement {
  const [fact] = claim.facts;
  if (!fact) {
    return el('li');
  }
  const qualifier = fact.qualifier && !fact.text.includes(fact.qualifier) ? `${fact.qualifier} ` : '';
  const about = [fact.subject, fact.metric, fact.period || fact.date_iso].filter(Boolean).join(' · ');
  const at = { source: fact.source, start: fact.sentence_start, end: fact.sentence_end };
  return el(
    'li',
    {},
    el('b', {}, `${qualifier}${fact.text}`),
    ` ${about} `,
    el('span', { class: 'casekit-Badge', 'data-kind': fact.kind, 'data-certainty': fact.certainty }, claim.claim),
    claim.remark ? el('small', {}, ` ${claim.remark}`) : null,
    el('small', {}, ` ${behind(claim.originals)}`),
    sentence(at, fact.sentence, actions)
  );
}

function bondLine(bond: Bond, actions: Actions): HTMLElement {
  return el(
    'li',
    {},
    el('b', {}, bond.told),
    ' ',
    el('span', { class: 'casekit-Badge', 'data-polarity': bond.polarity }, bond.claim),
    el('small', {}, ` ${behind(bond.originals)}`),
    sentence(bond.sentence, bond.quote, actions)
  );
}

function behind(originals: readonly string[]): string {
  return originals.length > 0 ? t('originals', originals.length) : t('retoldOnly');
}

/** The words that say so; a click opens them in their source. */
function sentence(at: Address, text: string, actions: Actions): HTMLElement {
  const open = (): void => actions.open({ ...at, title: at.source, text, date: null });
  return el('button', { type: 'button', class: 'casekit-Link casekit-Board-sentence', lang: 'zh', onclick: open }, text);
}
