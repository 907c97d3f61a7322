declare module "cytoscape-fcose" {
  const extension: (core: unknown) => void;
  export default extension;
}
