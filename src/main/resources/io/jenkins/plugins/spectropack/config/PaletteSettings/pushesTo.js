// Lets the test of Palette know where the packs go that this form publishes, and whether the registry will be added, as far as the
// form says it.
(function () {
  // The part of the nearest form for one of these properties that its drop-down shows; the other parts may hold values from before.
  function chosen(button, properties) {
    const selector = properties
      .map(function (property) {
        return ".dropdownList-container [name='" + property + "']";
      })
      .join(", ");
    let scope = button.parentElement;
    while (scope !== null && scope.querySelector(selector) === null) {
      scope = scope.parentElement;
    }
    if (scope === null) {
      return [];
    }
    const list = scope.querySelector(selector);
    const choice = list.closest(".dropdownList-container").previousElementSibling.querySelector("select.dropdownList");
    const start = list.querySelectorAll(".dropdownList-start")[choice.selectedIndex];
    const part = [];
    let next = start ? start.nextElementSibling : null;
    while (next !== null && !next.classList.contains("dropdownList-end")) {
      part.push(next);
      next = next.nextElementSibling;
    }
    return part;
  }

  function valueIn(elements, name) {
    let value = "";
    elements.forEach(function (element) {
      const field = element.querySelector("[name='_." + name + "']");
      if (field !== null) {
        value = field.value;
      }
    });
    return value;
  }

  function classOf(elements) {
    let value = "";
    elements.forEach(function (element) {
      const field = element.matches("[name='stapler-class']") ? element : element.querySelector("[name='stapler-class']");
      if (field !== null && value === "") {
        value = field.value;
      }
    });
    return value;
  }

  function addHidden(button, name, value) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "_." + name;
    field.value = value;
    button.parentNode.parentNode.insertBefore(field, button.parentNode);
    return field;
  }

  document.addEventListener(
    "click",
    function (event) {
      const button = event.target.closest(
        "[data-validate-button-descriptor-url$='io.jenkins.plugins.spectropack.config.PaletteSettings']",
      );
      if (button === null) {
        return;
      }
      const registry = chosen(button, ["registry", "to"]);
      const url = addHidden(button, "pushedUrl", valueIn(registry, "url"));
      const path = addHidden(
        button,
        "pushedPath",
        valueIn(registry, "basePath") || valueIn(registry, "repositoryName"),
      );
      const reader = addHidden(button, "reader", classOf(chosen(button, ["register"])));
      setTimeout(function () {
        url.remove();
        path.remove();
        reader.remove();
      });
    },
    true,
  );
})();
