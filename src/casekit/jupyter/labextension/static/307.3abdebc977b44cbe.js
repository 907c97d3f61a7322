"use strict";(self.rspackChunk_casekit_lab=self.rspackChunk_casekit_lab||[]).push([[307],{475(e,t,a){var i=a(601),r=a.n(i),o=a(314),s=(a.n(o))()(r());s.push([e.id,`/* Colours come from JupyterLab's variables only, so that every theme applies. */
.casekit-Panel,
.casekit-Reader,
.casekit-NoteForm {
  --casekit-text: var(--jp-ui-font-color1);
  /* quieter text that still stands 4.5:1 on every surface below, light and dark */
  --casekit-quiet: color-mix(in srgb, var(--jp-ui-font-color0) 70%, var(--jp-layout-color1));
  --casekit-line: var(--jp-border-color2);
  --casekit-raised: color-mix(in srgb, var(--jp-ui-font-color0) 4%, var(--jp-layout-color1));
  --casekit-pressed: color-mix(in srgb, var(--jp-brand-color1) 18%, var(--jp-layout-color1));
  --casekit-link: color-mix(in srgb, var(--jp-brand-color1) 70%, var(--jp-ui-font-color0));
  --casekit-mark: color-mix(in srgb, var(--jp-warn-color1) 30%, transparent);

  color: var(--casekit-text);
  background: var(--jp-layout-color1);
  font-family: var(--jp-ui-font-family);
  font-size: var(--jp-ui-font-size1);
  line-height: 1.5;
}

.casekit-Panel *,
.casekit-Reader *,
.casekit-NoteForm * {
  box-sizing: border-box;
}

.casekit-Panel :focus-visible,
.casekit-Reader :focus-visible,
.casekit-NoteForm :focus-visible {
  outline: 2px solid var(--jp-brand-color1);
  outline-offset: -1px;
}

.casekit-Hidden {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}

.casekit-Icon {
  display: inline-flex;
  flex: none;
  width: 16px;
  height: 16px;
}

.casekit-Icon svg {
  display: block;
  width: 16px;
  height: 16px;
}

.casekit-Button {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  gap: 4px;
  min-width: 26px;
  height: 26px;
  padding: 0 5px;
  border: 1px solid transparent;
  border-radius: 4px;
  background: none;
  color: var(--casekit-quiet);
  font: inherit;
  cursor: pointer;
}

.casekit-Button:hover:not(:disabled) {
  background: var(--casekit-pressed);
  color: var(--casekit-text);
}

.casekit-Button:disabled {
  opacity: 0.35;
  cursor: default;
}

.casekit-Row .casekit-Button {
  padding: 0 12px;
  border-color: var(--jp-border-color1);
  color: var(--casekit-text);
}

.casekit-Row .casekit-Button.casekit-mod-main {
  border-color: transparent;
  background: color-mix(in srgb, var(--jp-brand-color1) 85%, black);
  color: white;
}

.casekit-Row .casekit-Button.casekit-mod-main:hover:not(:disabled) {
  background: color-mix(in srgb, var(--jp-brand-color1) 70%, black);
}

.casekit-Row {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
}

.casekit-Link {
  padding: 0 2px;
  border: 0;
  background: none;
  color: var(--casekit-link);
  font: inherit;
  font-size: 12px;
  text-align: start;
  text-decoration: none;
  cursor: pointer;
}

.casekit-Panel a.casekit-Link {
  color: var(--casekit-link);
  text-decoration: underline;
}

.casekit-Link:hover {
  text-decoration: underline;
}

.casekit-Link:disabled {
  color: var(--casekit-quiet);
  cursor: default;
  text-decoration: none;
}

.casekit-Input {
  width: 100%;
  min-width: 0;
  height: 28px;
  padding: 0 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 4px;
  background: var(--jp-layout-color1);
  color: var(--casekit-text);
  font: inherit;
}

.casekit-Badge {
  display: inline-block;
  padding: 0 6px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 9px;
  color: var(--casekit-text);
  font-size: 11px;
  line-height: 16px;
  white-space: nowrap;
}

.casekit-Badge[data-kind='achieved']:not([data-certainty='hearsay'], [data-certainty='expected']) {
  border-color: transparent;
  background: color-mix(in srgb, var(--jp-success-color1) 22%, transparent);
}

.casekit-Badge[data-kind='target'] {
  border-color: transparent;
  background: color-mix(in srgb, var(--jp-brand-color1) 20%, transparent);
}

.casekit-Badge[data-kind='hearsay'],
.casekit-Badge[data-certainty='hearsay'],
.casekit-Badge[data-certainty='expected'],
.casekit-Badge[data-kind='estimate'] {
  border-color: transparent;
  background: color-mix(in srgb, var(--jp-warn-color1) 24%, transparent);
}

.casekit-Badge.casekit-mod-note {
  border-style: dashed;
  border-color: var(--casekit-quiet);
}

.casekit-State {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  gap: 8px;
  padding: 28px 18px;
}

.casekit-State p {
  margin: 0;
}

.casekit-State-title {
  font-size: 14px;
  font-weight: 600;
}

.casekit-State-tip {
  margin-bottom: 6px;
  color: var(--casekit-quiet);
  line-height: 1.7;
}

.casekit-DragImage {
  max-width: 320px;
  overflow: hidden;
  padding: 6px 12px;
  border: 1px solid var(--jp-brand-color1);
  border-radius: 4px;
  background: var(--jp-layout-color1);
  box-shadow: var(--jp-elevation-z4);
  color: var(--jp-ui-font-color1);
  font-size: var(--jp-ui-font-size1);
  text-overflow: ellipsis;
  white-space: nowrap;
  transform: translate(8px, 8px);
}

.casekit-NoteForm {
  display: flex;
  flex-direction: column;
  gap: 10px;
  width: min(460px, 80vw);
}

.casekit-NoteForm p,
.casekit-NoteForm blockquote {
  margin: 0;
}

.casekit-NoteForm-title {
  font-weight: 600;
}

.casekit-NoteForm-quote {
  max-height: 7.5em;
  overflow: auto;
  padding: 2px 0 2px 10px;
  border-inline-start: 3px solid var(--casekit-line);
  color: var(--casekit-quiet);
  line-height: 1.7;
}

.casekit-NoteForm-text,
.casekit-NoteForm-tags {
  width: 100%;
  padding: 6px 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 4px;
  background: var(--jp-layout-color1);
  color: var(--casekit-text);
  font: inherit;
  line-height: 1.6;
  resize: vertical;
}

.casekit-NoteForm-label {
  display: flex;
  align-items: center;
  gap: 10px;
  white-space: nowrap;
}

.casekit-NoteForm-label.casekit-mod-stacked {
  flex-direction: column;
  gap: 3px;
  align-items: stretch;
}

.casekit-mod-stacked > select {
  height: 30px;
}

@media (prefers-reduced-motion: reduce) {
  .casekit-Panel *,
  .casekit-Reader * {
    animation: none !important;
    transition: none !important;
    scroll-behavior: auto !important;
  }
}

.casekit-StartPage {
  overflow: auto;
  background: var(--jp-layout-color1);
  color: var(--jp-ui-font-color1);
}

.casekit-StartPage-inner {
  max-width: 860px;
  margin: 0 auto;
  padding: 24px 28px 60px;
  font-size: 14px;
  line-height: 1.7;
}

.casekit-StartPage h1 {
  margin: 0 0 4px;
  font-size: 22px;
}

.casekit-StartPage h2 {
  margin: 26px 0 8px;
  font-size: 16px;
}

.casekit-Add {
  padding: 16px 18px;
  border: 2px dashed var(--jp-border-color1);
  border-radius: 8px;
}

.casekit-Add.casekit-mod-over {
  border-color: var(--jp-brand-color1);
  background: var(--jp-layout-color2);
}

.casekit-Add p {
  margin: 0 0 10px;
}

.casekit-Add .casekit-Row,
.casekit-Settings .casekit-Row {
  margin: 8px 0;
}

.casekit-Add progress,
.casekit-Build progress {
  width: 100%;
}

.casekit-Receipts {
  margin: 10px 0 0;
  padding-left: 18px;
}

.casekit-Receipts:empty {
  display: none;
}

.casekit-Receipts [data-bad] {
  color: var(--jp-error-color1);
}

.casekit-Examples,
.casekit-Cards {
  display: flex;
  flex-wrap: wrap;
  gap: 10px;
}

.casekit-Card {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  gap: 2px;
  width: 240px;
  padding: 12px 14px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 8px;
  background: var(--jp-layout-color1);
  color: inherit;
  font: inherit;
  text-align: left;
  overflow-wrap: anywhere;
  cursor: pointer;
}

.casekit-Card:hover,
.casekit-Card:focus-visible {
  border-color: var(--jp-brand-color1);
}

.casekit-Card span,
.casekit-Corpus small {
  color: var(--casekit-quiet);
  font-size: 12px;
}

.casekit-Corpus li {
  display: flex;
  justify-content: space-between;
  gap: 12px;
}

.casekit-Corpus,
.casekit-Settings {
  margin-top: 26px;
}

.casekit-Tour {
  margin: 14px 0;
  padding: 12px 16px;
  border-left: 4px solid var(--jp-brand-color1);
  background: var(--jp-layout-color2);
}

.casekit-Tour p {
  margin: 0 0 8px;
}

.casekit-Example {
  border: 1px solid var(--jp-border-color1);
}

/* Chinese on the side bar stands upright, one character below the other. */
.jp-SideBar.jp-mod-left .lm-TabBar-tab[data-id='casekit-panel'] .lm-TabBar-tabLabel {
  transform: none;
  text-orientation: upright;
}

.casekit-Board {
  margin: 4px 10px 8px;
}

.casekit-Board h4 {
  margin: 8px 0 2px;
  font-size: 12px;
}

.casekit-Board ul {
  margin: 0;
  padding-left: 16px;
}

.casekit-Board-sentence {
  display: block;
  text-align: left;
  white-space: normal;
}
`,""]),a.d(t,{},{A:s})},724(e,t,a){var i=a(601),r=a.n(i),o=a(314),s=(a.n(o))()(r());s.push([e.id,`.casekit-Panel {
  display: flex;
  flex-direction: column;
  overflow: hidden;
}

/* wider than Lab's own 250 px, which its rule with an id asks for */
#jp-left-stack > .casekit-Panel,
#jp-right-stack > .casekit-Panel {
  min-width: 310px;
}

/* ---- tabs ---- */
.casekit-Tabs {
  display: flex;
  flex: none;
  padding: 0 8px;
  border-bottom: 1px solid var(--casekit-line);
}

.casekit-Tab {
  display: inline-flex;
  align-items: center;
  gap: 5px;
  padding: 8px 10px 6px;
  border: 0;
  border-bottom: 2px solid transparent;
  background: none;
  color: var(--casekit-quiet);
  font: inherit;
  cursor: pointer;
}

.casekit-Tab[aria-selected='true'] {
  border-bottom-color: var(--jp-brand-color1);
  color: var(--casekit-text);
  font-weight: 600;
}

.casekit-View {
  display: flex;
  flex: 1;
  flex-direction: column;
  min-height: 0;
}

.casekit-View[hidden] {
  display: none;
}

.casekit-Scroll {
  flex: 1;
  min-height: 0;
  overflow-y: auto;
}

/* ---- search box ---- */
.casekit-Search-top {
  display: flex;
  flex: none;
  flex-direction: column;
  gap: 6px;
  padding: 10px 10px 6px;
}

.casekit-mod-trouble .casekit-Search-top {
  display: none;
}

.casekit-SearchBox {
  display: flex;
  align-items: center;
  height: 32px;
  padding: 0 3px 0 8px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 6px;
  background: var(--jp-layout-color1);
  color: var(--casekit-quiet);
}

.casekit-SearchBox:focus-within {
  border-color: var(--jp-brand-color1);
  box-shadow: 0 0 0 1px var(--jp-brand-color1);
}

.casekit-SearchBox-input {
  flex: 1;
  min-width: 0;
  height: 100%;
  padding: 0 6px;
  border: 0;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  font-size: 14px;
}

.casekit-SearchBox-input:focus-visible {
  outline: none !important;
}

.casekit-SearchBox-input::placeholder,
.casekit-Input::placeholder {
  color: var(--casekit-quiet);
  opacity: 1;
}

.casekit-SearchBox-buttons {
  display: inline-flex;
}

.casekit-SearchBox:not(.casekit-mod-filled) .casekit-Button {
  display: none;
}

.casekit-Modes {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 10px;
}

.casekit-Modes-row {
  display: inline-flex;
  overflow: hidden;
  border: 1px solid var(--jp-border-color1);
  border-radius: 6px;
}

.casekit-Mode {
  min-height: 24px;
  padding: 2px 10px;
  border: 0;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  font-size: 12px;
  cursor: pointer;
}

.casekit-Mode + .casekit-Mode {
  border-inline-start: 1px solid var(--jp-border-color1);
}

.casekit-Mode:hover {
  background: var(--jp-layout-color2);
}

.casekit-Mode[aria-pressed='true'] {
  background: var(--jp-layout-color3);
  font-weight: 600;
}

.casekit-Modes-tip {
  flex-basis: 100%;
  margin: 0;
  color: var(--casekit-quiet);
  font-size: 12px;
}

.casekit-Modes-apart {
  display: inline-flex;
  align-items: center;
  gap: 6px;
  font-size: 12px;
}

.casekit-Modes-apart .casekit-Input {
  width: 5em;
}

.casekit-Suggestions,
.casekit-Chips,
.casekit-Facets-row,
.casekit-Facet-values {
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
}

.casekit-Suggestions:empty,
.casekit-Chips-place:empty {
  display: none;
}

.casekit-Suggestion,
.casekit-Value,
.casekit-Chip,
.casekit-Facet {
  display: inline-flex;
  align-items: center;
  gap: 5px;
  max-width: 100%;
  min-height: 24px;
  padding: 1px 8px;
  border: 1px solid var(--casekit-line);
  border-radius: 12px;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  font-size: 12px;
  cursor: pointer;
}

.casekit-Suggestion {
  border-style: dashed;
}

.casekit-Suggestion-type,
.casekit-Value-count {
  color: var(--casekit-quiet);
  font-size: 11px;
  font-variant-numeric: tabular-nums;
}

.casekit-Suggestion:hover,
.casekit-Value:hover,
.casekit-Facet:hover {
  border-color: var(--jp-brand-color1);
}

.casekit-Value[aria-pressed='true'],
.casekit-Chip {
  border-color: var(--jp-brand-color1);
  background: var(--casekit-pressed);
}

.casekit-Value-label,
.casekit-Chip > span:first-child {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.casekit-Chip {
  padding-inline-end: 4px;
}

.casekit-Chip .casekit-Icon,
.casekit-Chip .casekit-Icon svg {
  width: 12px;
  height: 12px;
}

.casekit-Panel button.casekit-Suggestion,
.casekit-Panel button.casekit-Value,
.casekit-Panel button.casekit-Chip {
  border-radius: 12px; /* Lab's own rule for buttons is stronger than one class */
}

/* ---- facets ---- */
.casekit-Facets[hidden] {
  display: none;
}

.casekit-Facets-row {
  gap: 0 2px;
}

.casekit-Facet {
  gap: 3px;
  padding: 1px 6px;
  border-color: transparent;
  border-radius: 4px;
  color: var(--casekit-quiet);
}

.casekit-Facet::after {
  content: '';
  width: 5px;
  height: 5px;
  margin: -3px 1px 0 2px;
  border: solid currentcolor;
  border-width: 0 1.3px 1.3px 0;
  transform: rotate(45deg);
}

.casekit-Facet.casekit-mod-toggle::after {
  display: none;
}

.casekit-Facet[aria-pressed='true'],
.casekit-Facet[aria-expanded='true'] {
  background: var(--casekit-raised);
  color: var(--casekit-text);
}

.casekit-Facet[aria-expanded='true']::after {
  margin-top: 3px;
  transform: rotate(225deg);
}

.casekit-Facet-count {
  min-width: 16px;
  padding: 0 4px;
  border-radius: 8px;
  background: color-mix(in srgb, var(--jp-brand-color1) 85%, black);
  color: white;
  font-size: 11px;
  font-weight: 400;
  line-height: 16px;
  text-align: center;
}

.casekit-Facet-values {
  max-height: 168px;
  overflow-y: auto;
  margin-top: 4px;
  padding: 6px;
  border-radius: 6px;
  background: var(--casekit-raised);
}

/* ---- status ---- */
.casekit-Status {
  display: flex;
  flex: none;
  flex-wrap: wrap;
  gap: 0 12px;
  padding: 0 12px 5px;
  color: var(--casekit-quiet);
  font-size: 12px;
}

.casekit-Search-body {
  position: relative;
  flex: 1;
  min-height: 0;
  overflow-y: auto;
  border-top: 1px solid var(--casekit-line);
}

.casekit-mod-trouble .casekit-Search-body {
  border-top: 0;
}

.casekit-Search-body.casekit-mod-dim > .casekit-Hits {
  opacity: 0.6;
}

.casekit-Honest {
  margin: 8px 10px 2px;
  padding: 8px 10px;
  border-inline-start: 3px solid var(--jp-warn-color1);
  border-radius: 4px;
  background: color-mix(in srgb, var(--jp-warn-color1) 12%, transparent);
}

.casekit-Honest p {
  margin: 0;
  line-height: 1.6;
}

.casekit-Honest-title {
  font-weight: 600;
}

.casekit-Likeness {
  position: sticky;
  top: 0;
  z-index: 1;
  display: flex;
  align-items: center;
  gap: 6px;
  padding: 5px 8px;
  border-bottom: 1px solid var(--casekit-line);
  background: var(--jp-layout-color1);
}

.casekit-Likeness p {
  margin: 0;
  font-size: 12px;
}

/* ---- hits ---- */
.casekit-Hits {
  margin: 0;
  padding: 0;
  list-style: none;
}

.casekit-Hit {
  position: relative;
  padding: 10px 12px 8px;
  border-bottom: 1px solid var(--casekit-line);
  user-select: none;
  cursor: default;
}

.casekit-Hit:hover {
  background: var(--casekit-raised);
}

.casekit-Hit:focus,
.casekit-Hit:focus-within {
  background: color-mix(in srgb, var(--jp-brand-color1) 7%, var(--jp-layout-color1));
  box-shadow: inset 3px 0 0 var(--jp-brand-color1);
}

.casekit-Hit p,
.casekit-Hit h4 {
  margin: 0;
}

.casekit-Hit-head {
  display: flex;
  align-items: baseline;
  gap: 8px;
}

.casekit-Hit-title {
  flex: 1;
  min-width: 0;
  overflow: hidden;
  font-size: 13px;
  font-weight: 600;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.casekit-Hit-date,
.casekit-Hit-address {
  color: var(--casekit-quiet);
  font-size: 11px;
  font-variant-numeric: tabular-nums;
  white-space: nowrap;
}

.casekit-Hit-grip {
  display: none;
  align-self: center;
  color: var(--casekit-quiet);
  cursor: grab;
}

.casekit-Hit:hover .casekit-Hit-grip {
  display: inline-flex;
}

.casekit-Hit:hover .casekit-Hit-date {
  display: none;
}

.casekit-Hit-heading {
  overflow: hidden;
  color: var(--casekit-quiet);
  font-size: 12px;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.casekit-Hit-quote {
  padding-top: 4px;
  font-size: 13.5px;
  line-height: 1.75;
  overflow-wrap: anywhere;
  text-wrap: pretty;
}

.casekit-Hit-quote.casekit-mod-folded {
  display: -webkit-box;
  overflow: hidden;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 6;
}

.casekit-Hit-quote mark {
  border-radius: 2px;
  background: var(--casekit-mark);
  color: inherit;
  box-shadow: 0 0 0 1px var(--casekit-mark);
}

.casekit-Hit-lead {
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 2px 8px;
}

.casekit-Hit-lead b {
  font-size: 16px;
}

.casekit-Hit-lead small,
.casekit-Hit-lead span,
.casekit-Hit-reference {
  color: var(--casekit-quiet);
  font-size: 12px;
}

.casekit-Hit-lead small {
  flex-basis: 100%;
}

.casekit-Hit.casekit-mod-follows .casekit-Hit-head {
  display: none;
}

.casekit-Hit-told {
  margin: 4px 0 0;
  color: var(--casekit-quiet);
  font-size: var(--jp-ui-font-size0);
}

.casekit-Hit-told[data-standing='retelling'],
.casekit-Hit-told[data-standing='commentary'] {
  color: var(--jp-warn-color0);
  font-weight: 600;
}

.casekit-Hit-foot {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 6px;
  padding-top: 5px;
}

.casekit-Hit-foot .casekit-Hit-address {
  overflow: hidden;
  margin-inline-start: auto;
  text-overflow: ellipsis;
}

.casekit-Actions {
  display: flex;
  flex-wrap: wrap;
}

.casekit-Hit-bar {
  position: relative;
  min-height: 24px;
  margin-top: 3px;
}

.casekit-Hit .casekit-Actions {
  position: absolute;
  top: 0;
  right: -5px;
  flex-wrap: nowrap;
  visibility: hidden; /* its place is kept: nothing moves under the pointer */
}

.casekit-Hit .casekit-Button {
  min-width: 24px;
  height: 24px;
  padding: 0 4px;
}

.casekit-Hit:hover .casekit-Actions,
.casekit-Hit:focus .casekit-Actions,
.casekit-Hit:focus-within .casekit-Actions {
  visibility: visible;
}

.casekit-Why {
  font-size: 12px;
  line-height: 24px;
}

.casekit-Why summary {
  width: max-content;
  color: var(--casekit-quiet);
  cursor: pointer;
}

.casekit-Why dl {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 2px 10px;
  margin: 2px 0;
  line-height: 1.6;
}

.casekit-Why dt {
  color: var(--casekit-quiet);
}

.casekit-Why dd {
  margin: 0;
  overflow-wrap: anywhere;
}

/* ---- start ---- */
.casekit-Start {
  padding: 18px 16px;
}

.casekit-Start p {
  margin: 0;
}

.casekit-Start-title {
  margin: 0 0 4px;
  font-size: 13px;
  font-weight: 600;
}

.casekit-Start-tip,
.casekit-Start-size,
.casekit-Start-unbuilt {
  color: var(--casekit-quiet);
  line-height: 1.7;
}

.casekit-Keys {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 4px 12px;
  align-items: center;
  margin: 10px 0 18px;
}

.casekit-Keys dd {
  margin: 0;
}

.casekit-Keys kbd {
  display: inline-block;
  min-width: 22px;
  padding: 0 6px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 4px;
  background: var(--casekit-raised);
  color: var(--casekit-text);
  font-family: var(--jp-ui-font-family);
  font-size: 11px;
  line-height: 18px;
  text-align: center;
}

.casekit-Saved {
  margin-bottom: 20px;
}

.casekit-Saved ul {
  margin: 0;
  padding: 0;
  list-style: none;
}

.casekit-Saved li {
  display: flex;
  align-items: center;
}

.casekit-Saved-open {
  display: flex;
  flex: 1;
  align-items: center;
  gap: 8px;
  min-width: 0;
  padding: 5px 6px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  text-align: start;
  cursor: pointer;
}

.casekit-Saved-open:hover {
  background: var(--casekit-raised);
}

.casekit-Saved-open span:last-child {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

/* ---- basket ---- */
.casekit-BasketList,
.casekit-NoteList {
  margin: 0;
  padding: 0;
  list-style: none;
}

.casekit-BasketItem {
  display: flex;
  gap: 8px;
  padding: 9px 6px 9px 12px;
  border-bottom: 1px solid var(--casekit-line);
}

.casekit-BasketItem:hover,
.casekit-BasketItem:focus-within {
  background: var(--casekit-raised);
}

.casekit-BasketItem-number {
  flex: none;
  min-width: 16px;
  color: var(--casekit-quiet);
  font-size: 12px;
  font-variant-numeric: tabular-nums;
  line-height: 20px;
  text-align: end;
}

.casekit-BasketItem-body {
  flex: 1;
  min-width: 0;
}

.casekit-BasketItem-body p {
  margin: 0;
}

.casekit-BasketItem-title {
  display: block;
  max-width: 100%;
  overflow: hidden;
  padding: 0;
  border: 0;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  font-weight: 600;
  text-align: start;
  text-overflow: ellipsis;
  white-space: nowrap;
  cursor: pointer;
}

.casekit-BasketItem-title:hover {
  text-decoration: underline;
}

.casekit-BasketItem-text {
  display: -webkit-box;
  overflow: hidden;
  line-height: 1.7;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
}

.casekit-BasketItem-tools {
  display: flex;
  flex: none;
  flex-direction: column;
}

.casekit-BasketItem-tools .casekit-Button {
  height: 22px;
}

.casekit-Maker {
  display: grid;
  flex: none;
  gap: 8px;
  padding: 12px;
  border-top: 1px solid var(--casekit-line);
  background: var(--casekit-raised);
}

.casekit-Maker label {
  display: grid;
  grid-template-columns: 64px 1fr;
  align-items: center;
}

.casekit-Maker label > span {
  color: var(--casekit-quiet);
  font-size: 12px;
}

.casekit-Made {
  margin: 0;
  overflow-wrap: anywhere;
}

/* ---- notes: dashed and set on another ground, never to be taken for evidence ---- */
.casekit-Notes > .casekit-Facet-values {
  flex: none;
  margin: 6px 10px 0;
  padding: 0;
  background: none;
}

.casekit-Notes-search {
  flex: none;
  width: auto;
  margin: 10px 10px 0;
}

.casekit-Notes-banner {
  display: flex;
  flex: none;
  flex-wrap: wrap;
  gap: 0 6px;
  align-items: center;
  margin: 10px 10px 0;
  padding: 6px 10px;
  border: 1px dashed var(--casekit-quiet);
  border-radius: 6px;
  font-size: 12px;
}

.casekit-NoteList {
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 10px;
  padding: 10px;
}

.casekit-Note {
  padding: 10px 12px 6px;
  border: 1px dashed var(--casekit-quiet);
  border-radius: 8px;
  background: color-mix(in srgb, var(--jp-warn-color1) 7%, var(--jp-layout-color1));
}

.casekit-Note p,
.casekit-Note blockquote {
  margin: 0;
}

.casekit-Note-text {
  line-height: 1.7;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}

.casekit-Note-tags {
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
  padding-top: 4px;
}

.casekit-Note-quote {
  display: -webkit-box;
  overflow: hidden;
  margin-top: 8px !important;
  padding-inline-start: 10px;
  border-inline-start: 3px solid var(--casekit-line);
  color: var(--casekit-quiet);
  font-size: 12px;
  line-height: 1.7;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 3;
}

.casekit-Note-state {
  padding-top: 6px;
  font-size: 12px;
}

.casekit-Note-foot {
  display: flex;
  align-items: center;
  padding-top: 4px;
}

.casekit-Note-foot .casekit-Link {
  flex: 1;
  min-width: 0;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}

/* ---- review */
.casekit-Review-head {
  padding: 8px 10px;
  border-bottom: 1px solid var(--casekit-line);
}

.casekit-Review-head p,
.casekit-Review-item p {
  margin: 0 0 6px;
}

.casekit-Review-figures > h3,
.casekit-Review-figures > p {
  margin: 0;
  padding: 8px 10px 0;
}

.casekit-Review-item ul {
  margin: 4px 0 0;
  padding-left: 18px;
}

/* ---- codes ---- */
.casekit-Codes-book {
  max-height: 30%;
  overflow-y: auto;
}

.casekit-Codes-tools {
  flex: none;
  margin: 4px 10px 0;
}

.casekit-Codes-definition {
  margin: 2px 0;
  font-size: 12px;
  line-height: 1.6;
  overflow-wrap: anywhere;
}

.casekit-Codes-memo {
  color: var(--casekit-quiet);
}

.casekit-Codes-dot {
  display: inline-block;
  flex: none;
  width: 0.7em;
  height: 0.7em;
  margin-inline-end: 0.4em;
  border-radius: 50%;
  background-color: var(--jp-border-color1);
}
`,""]),a.d(t,{},{A:s})},541(e,t,a){var i=a(601),r=a.n(i),o=a(314),s=(a.n(o))()(r());s.push([e.id,`.casekit-Reader {
  --casekit-company: var(--jp-brand-color1);
  --casekit-tool: var(--jp-success-color1);
  --casekit-tactic: var(--jp-info-color1);
  --casekit-person: var(--jp-icon-contrast-color0);
  --casekit-framework: var(--jp-icon-contrast-color2);
  --casekit-other: var(--casekit-quiet);
  --casekit-figure: var(--jp-warn-color1);

  position: relative;
  overflow: hidden;
}

.casekit-Reader-scroller {
  position: relative;
  height: 100%;
  overflow-y: auto;
}

.casekit-Reader-head,
.casekit-Reader-text {
  max-width: 46em;
  margin: 0 auto;
  padding-inline: 32px;
  font-size: 15px;
}

.casekit-Reader-head {
  padding-top: 28px;
}

.casekit-Reader-head p,
.casekit-Reader-head dl,
.casekit-Reader-head dd,
.casekit-Reader-head h2 {
  margin: 0;
}

.casekit-Reader-title {
  font-size: 24px;
  font-weight: 600;
  line-height: 1.4;
  text-wrap: balance;
}

.casekit-Reader-metadata {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 20px;
  padding-top: 10px;
  font-size: 13px;
}

.casekit-Reader-metadata > div {
  display: flex;
  gap: 6px;
  min-width: 0;
}

.casekit-Reader-metadata dt,
.casekit-Reader-reference > span {
  flex: none;
  color: var(--casekit-quiet);
}

.casekit-Reader-metadata dd {
  overflow-wrap: anywhere;
}

.casekit-Reader-reference {
  padding-top: 4px;
  font-size: 13px;
  line-height: 1.6;
  overflow-wrap: anywhere;
}

.casekit-Reader-tools {
  display: flex;
  flex-wrap: wrap;
  gap: 10px 18px;
  align-items: center;
  margin-top: 16px;
  padding: 10px 0;
  border: solid var(--casekit-line);
  border-width: 1px 0;
}

.casekit-Reader-tools:empty {
  display: none;
}

.casekit-Segments {
  display: inline-flex;
  flex: none;
  overflow: hidden;
  border: 1px solid var(--jp-border-color1);
  border-radius: 6px;
}

.casekit-Segment {
  height: 26px;
  padding: 0 12px;
  border: 0;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  font-size: 12px;
  cursor: pointer;
}

.casekit-Segment + .casekit-Segment {
  border-inline-start: 1px solid var(--jp-border-color1);
}

.casekit-Segment[aria-pressed='true'] {
  background: var(--casekit-pressed);
  font-weight: 600;
}

.casekit-Legend {
  display: flex;
  flex-wrap: wrap;
  gap: 2px 4px;
}

.casekit-LegendEntry {
  --casekit-here: var(--casekit-other);

  display: inline-flex;
  gap: 5px;
  align-items: center;
  height: 26px;
  padding: 0 7px;
  border: 0;
  border-radius: 4px;
  background: none;
  color: var(--casekit-text);
  font: inherit;
  font-size: 12px;
  cursor: pointer;
}

.casekit-LegendEntry:hover {
  background: var(--casekit-raised);
}

.casekit-Swatch {
  width: 12px;
  height: 12px;
  border-bottom: 2px solid var(--casekit-here);
  background: color-mix(in srgb, var(--casekit-here) 24%, transparent);
}

.casekit-LegendEntry[aria-pressed='false'] {
  color: var(--casekit-quiet);
  text-decoration: line-through;
}

.casekit-LegendEntry[aria-pressed='false'] .casekit-Swatch {
  border-bottom-style: dotted;
  background: none;
}

.casekit-Legend-company { --casekit-here: var(--casekit-company); }
.casekit-Legend-tool { --casekit-here: var(--casekit-tool); }
.casekit-Legend-tactic { --casekit-here: var(--casekit-tactic); }
.casekit-Legend-person { --casekit-here: var(--casekit-person); }
.casekit-Legend-framework { --casekit-here: var(--casekit-framework); }
.casekit-Legend-figure { --casekit-here: var(--casekit-figure); }

.casekit-Legend-cut .casekit-Swatch {
  border-bottom: 0;
  background: linear-gradient(transparent 45%, var(--casekit-quiet) 45% 55%, transparent 55%);
}

.casekit-Legend-code .casekit-Swatch {
  border-bottom-style: double;
  border-bottom-width: 4px;
  background: none;
}

.casekit-Legend-note .casekit-Swatch {
  border: 1px dashed var(--casekit-quiet);
  background: none;
}

.casekit-Reader-converted {
  margin-top: 12px !important;
  padding: 6px 12px;
  border-inline-start: 3px solid var(--jp-warn-color1);
  border-radius: 4px;
  background: color-mix(in srgb, var(--jp-warn-color1) 12%, transparent);
  font-size: 13px;
}

/* ---- the text ---- */
.casekit-Reader-text {
  padding-block: 20px 40vh;
  outline: none;
}

.casekit-Text {
  line-height: 1.85;
  overflow-wrap: anywhere;
}

.casekit-Block {
  position: relative;
  margin: 0 -12px 0.7em;
  padding: 0 12px;
  border-radius: 4px;
}

.casekit-Block.casekit-mod-blank {
  height: 0;
  margin: 0;
  overflow: hidden;
}

.casekit-Block-h {
  margin-top: 1.4em;
  font-size: 17px;
  font-weight: 600;
  line-height: 1.5;
}

.casekit-Block-h[data-level='1'] {
  font-size: 20px;
}

.casekit-Block-li {
  margin-bottom: 0.3em;
  padding-inline-start: 2em;
}

.casekit-Block-li::before {
  content: '';
  position: absolute;
  top: 0.8em;
  inset-inline-start: 1em;
  width: 5px;
  height: 5px;
  border-radius: 50%;
  background: var(--casekit-quiet);
}

.casekit-Block-quote {
  padding-inline-start: 22px;
  border-inline-start: 3px solid var(--casekit-line);
}

.casekit-Block-caption {
  color: var(--casekit-quiet);
  font-size: 13px;
  text-align: center;
}

.casekit-Block-pre {
  overflow-x: auto;
  font-family: var(--jp-code-font-family);
  font-size: 13px;
  white-space: pre-wrap;
}

.casekit-Text-cells {
  margin-bottom: 0.7em;
}

/* a row: its cells stand between tabs */
.casekit-Block-td {
  margin: 0 0 -1px;
  tab-size: 7em;
  white-space: pre-wrap;
  border: 1px solid var(--casekit-line);
  border-radius: 0;
  font-size: 14px;
}

.casekit-Block.casekit-mod-target {
  background: color-mix(in srgb, var(--jp-brand-color1) 5%, transparent);
  box-shadow: inset 3px 0 0 var(--jp-brand-color1);
}

.casekit-Target {
  background-color: color-mix(in srgb, var(--jp-warn-color1) 16%, transparent);
}

.casekit-Target.casekit-mod-fresh {
  animation: casekit-fresh 1.2s ease-out 1;
}

@keyframes casekit-fresh {
  from {
    background-color: color-mix(in srgb, var(--jp-warn-color1) 45%, transparent);
  }
}

.casekit-Cut {
  border-radius: 2px;
  color: var(--casekit-quiet);
  text-decoration: line-through;
  text-decoration-color: color-mix(in srgb, var(--casekit-quiet) 55%, transparent);
  cursor: help;
}

.casekit-Block.casekit-mod-cut {
  margin-bottom: 0.25em;
  font-size: 12.5px;
  font-weight: 400;
  line-height: 1.6;
}

.casekit-Cut:hover,
.casekit-Cut:focus {
  background: var(--casekit-raised);
}

.casekit-hide-cut .casekit-Cut,
.casekit-hide-cut .casekit-mod-cut {
  display: none;
}

.casekit-Mark {
  --casekit-here: var(--casekit-other);
}

.casekit-Mark-other { --casekit-here: var(--casekit-other); }
.casekit-Mark-company { --casekit-here: var(--casekit-company); }
.casekit-Mark-tool { --casekit-here: var(--casekit-tool); }
.casekit-Mark-tactic { --casekit-here: var(--casekit-tactic); }
.casekit-Mark-person { --casekit-here: var(--casekit-person); }
.casekit-Mark-framework { --casekit-here: var(--casekit-framework); }
.casekit-Mark-figure { --casekit-here: var(--casekit-figure); }

.casekit-Mark-other,
.casekit-Mark-company,
.casekit-Mark-tool,
.casekit-Mark-tactic,
.casekit-Mark-person,
.casekit-Mark-framework,
.casekit-Mark-figure {
  border-radius: 2px 2px 0 0;
  background-color: color-mix(in srgb, var(--casekit-here) 14%, transparent);
  box-shadow: inset 0 -1.5px 0 color-mix(in srgb, var(--casekit-here) 75%, transparent);
}

.casekit-Mark-figure {
  font-variant-numeric: tabular-nums;
}

.casekit-hide-other .casekit-Mark-other,
.casekit-hide-company .casekit-Mark-company,
.casekit-hide-tool .casekit-Mark-tool,
.casekit-hide-tactic .casekit-Mark-tactic,
.casekit-hide-person .casekit-Mark-person,
.casekit-hide-framework .casekit-Mark-framework,
.casekit-hide-figure .casekit-Mark-figure {
  background-color: transparent;
  box-shadow: none;
}

.casekit-Mark-note {
  text-decoration: underline dashed 1px var(--casekit-quiet);
  text-underline-offset: 5px;
}

.casekit-hide-note .casekit-Mark-note {
  text-decoration: none;
}

.casekit-hide-note .casekit-Ground {
  margin: 0 1px;
  padding: 0 3px;
  border: 0;
  border-radius: 3px;
  background: none;
  color: var(--jp-content-link-color);
  font-size: 0.85em;
  cursor: pointer;
}

.casekit-Ground::before {
  content: '↗';
}

.casekit-Ground:hover,
.casekit-Ground:focus-visible {
  background: var(--jp-layout-color2);
}

.casekit-Ground:disabled {
  color: var(--casekit-quiet);
  cursor: default;
}

.casekit-NoteSign {
  display: none;
}

/* a code's own colour; grey where it has none */
.casekit-Mark-code {
  box-shadow: inset 0 -2px 0 0 var(--casekit-code, var(--casekit-quiet));
}

.casekit-hide-code .casekit-Mark-code {
  box-shadow: none;
}

.casekit-CodeSign {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 24px;
  height: 24px;
  margin: -2px 1px;
  padding: 0;
  border: 0;
  border-radius: 4px;
  background: none;
  cursor: pointer;
  vertical-align: middle;
}

.casekit-CodeSign::before {
  content: '';
  width: 12px;
  height: 12px;
  border: 1px solid var(--casekit-quiet);
  border-radius: 50%;
  background: var(--casekit-code, var(--casekit-quiet));
}

.casekit-hide-code .casekit-CodeSign {
  display: none;
}

.casekit-Doubt {
  text-decoration: underline wavy 1px var(--jp-warn-color1);
  text-underline-offset: 4px;
}

.casekit-NoteSign {
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 20px;
  height: 20px;
  margin: 0 3px;
  padding: 0;
  border: 1px dashed var(--casekit-quiet);
  border-radius: 50%;
  background: color-mix(in srgb, var(--jp-warn-color1) 14%, var(--jp-layout-color1));
  color: var(--casekit-text);
  font-size: 11px;
  line-height: 1;
  vertical-align: 2px;
  cursor: pointer;
}

.casekit-NoteSign::before {
  content: '✎';
}

.casekit-Tip {
  position: absolute;
  z-index: 3;
  width: max-content;
  max-width: 320px;
  padding: 4px 9px;
  border-radius: 4px;
  background: var(--jp-inverse-layout-color1);
  color: var(--jp-ui-inverse-font-color0);
  font-size: 12px;
  line-height: 1.5;
  pointer-events: none;
}

.casekit-Tip[hidden],
.casekit-Bar[hidden] {
  display: none;
}

.casekit-Bar {
  position: absolute;
  z-index: 4;
  display: flex;
  flex-direction: column;
  padding: 4px 6px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 6px;
  background: var(--jp-layout-color1);
  box-shadow: var(--jp-elevation-z6);
}

.casekit-Bar-address {
  padding: 0 5px;
  color: var(--casekit-quiet);
  font-size: 11px;
  font-variant-numeric: tabular-nums;
}

.casekit-Bar .casekit-Actions {
  flex-wrap: nowrap;
}
`,""]),a.d(t,{},{A:s})},314(e){e.exports=function(e){var t=[];return t.toString=function(){return this.map(function(t){var a="",i=void 0!==t[5];return t[4]&&(a+="@supports (".concat(t[4],") {")),t[2]&&(a+="@media ".concat(t[2]," {")),i&&(a+="@layer".concat(t[5].length>0?" ".concat(t[5]):""," {")),a+=e(t),i&&(a+="}"),t[2]&&(a+="}"),t[4]&&(a+="}"),a}).join("")},t.i=function(e,a,i,r,o){"string"==typeof e&&(e=[[null,e,void 0]]);var s={};if(i)for(var n=0;n<this.length;n++){var c=this[n][0];null!=c&&(s[c]=!0)}for(var d=0;d<e.length;d++){var p=[].concat(e[d]);i&&s[p[0]]||(void 0!==o&&(void 0===p[5]||(p[1]="@layer".concat(p[5].length>0?" ".concat(p[5]):""," {").concat(p[1],"}")),p[5]=o),a&&(p[2]&&(p[1]="@media ".concat(p[2]," {").concat(p[1],"}")),p[2]=a),r&&(p[4]?(p[1]="@supports (".concat(p[4],") {").concat(p[1],"}"),p[4]=r):p[4]="".concat(r)),t.push(p))}},t}},601(e){e.exports=function(e){return e[1]}},72(e){var t=[];function a(e){for(var a=-1,i=0;i<t.length;i++)if(t[i].identifier===e){a=i;break}return a}function i(e,i){for(var r={},o=[],s=0;s<e.length;s++){var n=e[s],c=i.base?n[0]+i.base:n[0],d=r[c]||0,p="".concat(c," ").concat(d);r[c]=d+1;var l=a(p),k={css:n[1],media:n[2],sourceMap:n[3],supports:n[4],layer:n[5]};if(-1!==l)t[l].references++,t[l].updater(k);else{var x=function(e,t){var a=t.domAPI(t);return a.update(e),function(t){t?(t.css!==e.css||t.media!==e.media||t.sourceMap!==e.sourceMap||t.supports!==e.supports||t.layer!==e.layer)&&a.update(e=t):a.remove()}}(k,i);i.byIndex=s,t.splice(s,0,{identifier:p,updater:x,references:1})}o.push(p)}return o}e.exports=function(e,r){var o=i(e=e||[],r=r||{});return function(e){e=e||[];for(var s=0;s<o.length;s++){var n=a(o[s]);t[n].references--}for(var c=i(e,r),d=0;d<o.length;d++){var p=a(o[d]);0===t[p].references&&(t[p].updater(),t.splice(p,1))}o=c}}},659(e){var t={};e.exports=function(e,a){var i=function(e){if(void 0===t[e]){var a=document.querySelector(e);if(window.HTMLIFrameElement&&a instanceof window.HTMLIFrameElement)try{a=a.contentDocument.head}catch(e){a=null}t[e]=a}return t[e]}(e);if(!i)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");i.appendChild(a)}},540(e){e.exports=function(e){var t=document.createElement("style");return e.setAttributes(t,e.attributes),e.insert(t,e.options),t}},56(e,t,a){e.exports=function(e){var t=a.nc;t&&e.setAttribute("nonce",t)}},825(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var t=e.insertStyleElement(e);return{update:function(a){var i,r,o;i="",a.supports&&(i+="@supports (".concat(a.supports,") {")),a.media&&(i+="@media ".concat(a.media," {")),(r=void 0!==a.layer)&&(i+="@layer".concat(a.layer.length>0?" ".concat(a.layer):""," {")),i+=a.css,r&&(i+="}"),a.media&&(i+="}"),a.supports&&(i+="}"),(o=a.sourceMap)&&"u">typeof btoa&&(i+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(o))))," */")),e.styleTagTransform(i,t,e.options)},remove:function(){var e;null===(e=t).parentNode||e.parentNode.removeChild(e)}}}},113(e){e.exports=function(e,t){if(t.styleSheet)t.styleSheet.cssText=e;else{for(;t.firstChild;)t.removeChild(t.firstChild);t.appendChild(document.createTextNode(e))}}},478(e,t,a){var i=a(72),r=a.n(i),o=a(825),s=a.n(o),n=a(659),c=a.n(n),d=a(56),p=a.n(d),l=a(540),k=a.n(l),x=a(113),g=a.n(x),u=a(475),h={};h.styleTagTransform=g(),h.setAttributes=p(),h.insert=c().bind(null,"head"),h.domAPI=s(),h.insertStyleElement=k(),r()(u.A,h),u.A&&u.A.locals&&u.A.locals;var f=a(724),b={};b.styleTagTransform=g(),b.setAttributes=p(),b.insert=c().bind(null,"head"),b.domAPI=s(),b.insertStyleElement=k(),r()(f.A,b),f.A&&f.A.locals&&f.A.locals;var v=a(541),m={};m.styleTagTransform=g(),m.setAttributes=p(),m.insert=c().bind(null,"head"),m.domAPI=s(),m.insertStyleElement=k(),r()(v.A,m),v.A&&v.A.locals&&v.A.locals}}]);