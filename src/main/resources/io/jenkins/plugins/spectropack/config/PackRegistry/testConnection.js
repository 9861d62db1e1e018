// A validate button takes the nearest field of a name, and before this one that is the field for a parameter expression,
// even while the drop-down for credentials is the one in use.
document.addEventListener(
  "click",
  function (event) {
    const button = event.target.closest("[data-validate-button-descriptor-url*='io.jenkins.plugins.spectropack.']");
    if (button === null) {
      return;
    }
    const unused = document.querySelectorAll(".credentials-select-content-inactive [name='_.credentialsId']");
    unused.forEach(function (field) {
      field.name = "";
    });
    setTimeout(function () {
      unused.forEach(function (field) {
        field.name = "_.credentialsId";
      });
    });
  },
  true,
);
