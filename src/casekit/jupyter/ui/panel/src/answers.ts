// A reply and exact places, made into hits, so that they are read, moved through, dragged and quoted as hits are.

import type { Address, Hit, Places, Rank, Reply, Told } from './api';
import { t } from './strings';

const OTHERS = { first: null, same: 'saysSame', other: 'saysOther' } as const;

/** The sentences of a reply, in their order; those of one case stand together, the first of them with its title. */
export function hitsOfReply(reply: Reply): Hit[] {
  if (reply.factual) {
    return reply.answers.map((one, i) => saying(one, i + 1));
  }
  const hits: Hit[] = [];
  for (const { sentences } of reply.cases) {
    sentences.forEach((one, i) => hits.push({ ...saying(one, hits.length + 1), follows: i > 0 }));
  }
  return hits;
}

/** Exact places, each with what stands around it. */
export function hitsOfPlaces(found: Places): Hit[] {
  return found.places.map((one, i) => ({
    ...blank(one, i + 1),
    title: one.title,
    date: one.date,
    heading: one.locator ? [one.locator] : [],
    pieces: [
      { text: `…${one.left}`, mark: false },
      { text: one.match, mark: true },
      { text: `${one.right}…`, mark: false }
    ]
  }));
}

function saying(one: Told, rank: number): Hit {
  const { fact } = one;
  const key = one.says ? OTHERS[one.says] : null;
  return {
    ...blank(one, rank),
    title: one.title,
    date: one.date,
    heading: one.locator ? [one.locator] : [],
    pieces: fact ? marked(one.quote, fact.text) : [{ text: one.quote, mark: false }],
    kinds: fact ? [{ kind: fact.kind, label: fact.claim, certainty: fact.certainty }] : [],
    standing: one.standing,
    lead: fact
      ? {
          value: fact.qualifier && !fact.text.includes(fact.qualifier) ? `${fact.qualifier} ${fact.text}` : fact.text,
          about: [fact.subject, fact.metric, fact.period || fact.date_iso].filter(Boolean).join(' · '),
          says: key ? t(key) : ''
        }
      : null,
    reference: one.reference
  };
}

function blank(at: Address, rank: number): Hit {
  return {
    source: at.source,
    start: at.start,
    end: at.end,
    rank,
    score: 0,
    title: at.source,
    date: null,
    publisher: null,
    heading: [],
    pieces: [],
    kinds: [],
    why: [],
    notes: 0,
    tags: [],
    state: 'current',
    told: '',
    standing: 'original' satisfies Rank
  };
}

/** A sentence in pieces, with its figure marked where it stands as it is. */
function marked(quote: string, figure: string): Hit['pieces'] {
  const at = quote.indexOf(figure);
  if (at < 0 || !figure) {
    return [{ text: quote, mark: false }];
  }
  const parts = [
    { text: quote.slice(0, at), mark: false },
    { text: figure, mark: true },
    { text: quote.slice(at + figure.length), mark: false }
  ];
  return parts.filter(one => one.text !== '');
}
