// The browser half of layouts/panels/drawing_component.py: a frame that shows a finished drawing.
(function () {
  "use strict";
  window.mojokerto = window.mojokerto || {};
  window.mojokerto.Drawing = function (props) {
    return window.React.createElement("div", {
      className: props.className,
      "data-panel": props.panel,
      dangerouslySetInnerHTML: { __html: props.markup || "" },
    });
  };
})();
