/* Runs before the first paint, as a file of its own because the policy allows no inline script. */
(function () {
  try {
    var theme = localStorage.getItem("cuelight.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    /* A browser that keeps no storage follows the system. */
  }
})();
