// What Jenkins' own form tags lack: required fields that do not scold before anybody has been there, and names for screen readers.
(function () {
  // Runs before Jenkins registers the checks of fields.
  const FIRST = -100;

  function isBlank(field) {
    return field.value.trim() === "";
  }

  function check(field) {
    if (!field.classList.contains("validated")) {
      field.classList.add("validated");
      registerValidator(field);
    }
  }

  // A new and empty field is not checked before somebody has been there.
  function checkOnceLeft(field) {
    if (!isBlank(field) || field.dataset.saved === "true") {
      return;
    }
    field.classList.remove("validated");
    ["focusout", "change"].forEach((event) => field.addEventListener(event, () => check(field)));
  }

  Behaviour.specify("INPUT.spectro-packs-required", "spectro-packs-required", FIRST, function (field) {
    field.setAttribute("aria-required", "true");
    const label = field.closest(".jenkins-form-item").querySelector(".jenkins-form-label");
    if (label.querySelector(".spectro-packs-mark") === null) {
      const mark = document.createElement("span");
      mark.className = "spectro-packs-mark";
      mark.textContent = field.dataset.mark;
      label.append(mark);
    }
    checkOnceLeft(field);
  });

  Behaviour.specify("INPUT.spectro-packs-quiet", "spectro-packs-quiet", FIRST, checkOnceLeft);

  // Saving a form goes on when what it cannot do without is there.
  function stopIfMissing(event, form) {
    const missing = Array.from(form.querySelectorAll("INPUT.spectro-packs-required")).filter(
      (field) => isBlank(field) && field.offsetParent !== null,
    );
    if (missing.length > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      missing.forEach(check);
      missing[0].focus();
    }
  }

  document.addEventListener("submit", (event) => stopIfMissing(event, event.target), true);

  // The button "Apply" sends the form without an event for that.
  document.addEventListener(
    "click",
    function (event) {
      const button = event.target.closest(".apply-button");
      if (button !== null && button.closest("form") !== null) {
        stopIfMissing(event, button.closest("form"));
      }
    },
    true,
  );

  function nameControls(item) {
    item.querySelectorAll(".jenkins-checkbox").forEach(function (part) {
      part.querySelector("input").setAttribute("aria-label", part.querySelector("label").textContent.trim());
    });
    const label = item.querySelector(":scope > .jenkins-form-label");
    if (label === null) {
      return;
    }
    const name = Array.from(label.childNodes)
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent.trim())
      .join(" ")
      .trim();
    item
      .querySelectorAll(":scope > .setting-main, :scope > .jenkins-select")
      .forEach((part) =>
        part
          .querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")
          .forEach(function (control) {
            if (!control.hasAttribute("aria-label")) {
              control.setAttribute("aria-label", name);
            }
          }),
      );
  }

  Behaviour.specify(".spectro-packs-form .jenkins-form-item", "spectro-packs-names", 0, nameControls);
})();
