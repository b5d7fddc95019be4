/* The address follows the plan, so that what one sees can be sent to others as it is. */
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  plan: {
    remember: (href) => {
      if (location.pathname === "/spbe") history.replaceState(history.state, "", href.split("#")[0]);
      return window.dash_clientside.no_update;
    },
  },
});
