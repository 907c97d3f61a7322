"use strict";
// The one highlighter of the pages that mark text themselves (the site's search, the network as a page). It is the
// counterpart of casekit/marking.py: joined, the pieces are the text, character for character.
const casekitMarking = {
  // [[piece, marked], …]: `text` in pieces, those in one of the ranges marked. Ranges are [start, end) in UTF-16 units; they
  // may overlap, nest, touch, lie in any order and reach beyond the text.
  pieces(text, ranges) {
    const own = ranges
      .map(([start, end]) => [Math.max(0, start), Math.min(text.length, end)])
      .filter(([start, end]) => start < end)
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const pieces = [];
    let at = 0;
    for (let i = 0; i < own.length; ) {
      const start = own[i][0];
      let end = own[i][1];
      for (i += 1; i < own.length && own[i][0] <= end; i += 1) end = Math.max(end, own[i][1]);
      if (start > at) pieces.push([text.slice(at, start), false]);
      pieces.push([text.slice(start, end), true]);
      at = end;
    }
    if (at < text.length) pieces.push([text.slice(at), false]);
    return pieces;
  },
  // Where any of the words stands in the text, overlapping places, too.
  places(text, words) {
    const found = [];
    for (const word of words) {
      if (!word) continue;
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) found.push([at, at + word.length]);
    }
    return found;
  },
  // A place moved off the middle of a character that takes two units: half of one is no character.
  whole(text, place) {
    const code = text.charCodeAt(place);
    return place > 0 && place < text.length && code >= 0xdc00 && code <= 0xdfff ? place - 1 : place;
  },
};
