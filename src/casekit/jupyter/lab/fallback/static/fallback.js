// A JupyterLab extension without a build: where a widget cannot be drawn because its kernel is gone, the `text/html` that was
// saved beside it is shown in place of "Error displaying widget"; where nothing answers (no kernel at all, or a busy one), in
// place of "Loading widget" until something does.
//
// JupyterLab loads an extension as a container with `init` and `get`; this one shares nothing, so it is written by hand.
(() => {
  const VIEW = 'application/vnd.jupyter.widget-view+json';
  const HTML = 'text/html';
  const PATIENCE_MS = 1500; // a widget of a live kernel is drawn sooner, so that nothing flickers

  /** The widget manager's renderer, which on failure holds a line of text and no widget. */
  function withFallback(factory, rendermime) {
    const createRenderer = options => {
      const renderer = factory.createRenderer(options);
      const render = renderer.renderModel.bind(renderer);
      renderer.renderModel = async model => {
        const saved = model.data[HTML] === undefined ? null : rendermime.createRenderer(HTML);
        // Drawing the widget empties the node, so what is shown meanwhile is put there as plain DOM.
        const waiting = setTimeout(async () => {
          if (saved !== null && renderer.widgets?.length === 0 && !renderer.isDisposed) {
            await saved.renderModel(model);
            if (renderer.widgets.length === 0) {
              renderer.node.textContent = '';
              renderer.node.appendChild(saved.node);
            }
          }
        }, PATIENCE_MS);
        await render(model);
        clearTimeout(waiting);
        const failed = renderer.node.classList.contains('jupyter-widgets') && renderer.widgets?.length === 0;
        if (!failed || renderer.isDisposed || saved === null) {
          saved?.dispose();
          return;
        }
        await saved.renderModel(model);
        if (renderer.widgets.length === 0) {
          renderer.node.textContent = '';
          renderer.addWidget(saved);
        }
      };
      return renderer;
    };
    return { ...factory, createRenderer };
  }

  /** Every renderer of widgets that this notebook has, or is given later. */
  function watch(rendermime) {
    const add = rendermime.addFactory.bind(rendermime);
    const known = rendermime.getFactory(VIEW);
    if (known !== undefined) {
      rendermime.removeMimeType(VIEW);
      add(withFallback(known, rendermime), -10); // the rank that the widget manager gives its own
    }
    rendermime.addFactory = (factory, rank) =>
      add(factory.mimeTypes.includes(VIEW) ? withFallback(factory, rendermime) : factory, rank);
  }

  const plugin = {
    id: '@casekit/fallback:plugin',
    description: 'Shows the saved HTML of widgets whose kernel is gone.',
    autoStart: true,
    activate: app => {
      app.docRegistry.addWidgetExtension('Notebook', {
        createNew: panel => {
          watch(panel.content.rendermime);
        }
      });
    }
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['@casekit/fallback'] = {
    init: () => undefined,
    get: async () => () => ({ __esModule: true, default: plugin })
  };
})();
