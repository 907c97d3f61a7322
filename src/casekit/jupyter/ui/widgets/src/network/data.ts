// What Python sends of a network.

export interface NodeRow {
  id: string;
  name: string;
  type: string;
  links: number;
  mentions: number;
  sources: number;
  mark: string;
  x: number;
  y: number;
}

export interface EdgeRow {
  id: string;
  subject: string;
  object: string;
  relation: string;
  label: string;
  polarity: string;
  /** How it is said, where that is told: always for a figure. */
  stance: string;
  text: string;
  places: number;
  mark: string;
}

export interface TypeRow {
  type: string;
  label: string;
  colour: string;
  shape: string;
  count: number;
  shown: boolean;
}

export interface NetworkData {
  nodes: NodeRow[];
  edges: EdgeRow[];
  types: TypeRow[];
  all_nodes: number;
  all_edges: number;
  focus: string;
}
