// One tip for whatever is pointed at or in focus and carries `data-tip`.

import { el } from '../../shared/dom';

/** Show tips inside `scroller`; they follow hover and focus, and Escape hides them. */
export function showTips(scroller: HTMLElement): void {
  const tip = el('div', { class: 'casekit-Tip', role: 'tooltip', hidden: true });
  scroller.append(tip);
  const show = (event: Event): void => {
    const holder = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : null;
    if (!holder || !scroller.contains(holder)) {
      tip.hidden = true;
      return;
    }
    tip.textContent = holder.dataset['tip'] ?? '';
    tip.hidden = false;
    const place = holder.getClientRects()[0] ?? holder.getBoundingClientRect();
    const frame = scroller.getBoundingClientRect();
    const left = Math.min(place.left - frame.left, scroller.clientWidth - tip.offsetWidth - 12);
    const above = place.top - frame.top - tip.offsetHeight - 6;
    const top = above > 0 ? above : place.bottom - frame.top + 6;
    tip.style.left = `${Math.max(8, left + scroller.scrollLeft)}px`;
    tip.style.top = `${top + scroller.scrollTop}px`;
  };
  const hide = (): void => {
    tip.hidden = true;
  };
  scroller.addEventListener('mouseover', show);
  scroller.addEventListener('focusin', show);
  scroller.addEventListener('mouseleave', hide);
  scroller.addEventListener('focusout', hide);
  scroller.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      hide();
    }
  });
}
