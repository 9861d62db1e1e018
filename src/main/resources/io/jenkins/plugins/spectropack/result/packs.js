// Tables of packs: rows of what the page's own address tells, a search field, and what comes while the build runs.
(function () {
  const SECONDS_BETWEEN_LOOKS = 3;
  let wasBuilding = false;

  function table() {
    return document.querySelector(".spectro-packs-table[data-rows]");
  }

  function template(name) {
    return document.getElementById("spectro-packs-" + name).content.cloneNode(true);
  }

  function isThere(value) {
    return value !== undefined && value !== null && value !== "";
  }

  // A count, with the word that belongs to it, or a text.
  function words(element, value) {
    if (!element.dataset.one) {
      return value;
    }
    return (element.dataset.before || "") + value + " " + (value === 1 ? element.dataset.one : element.dataset.many);
  }

  // Puts values where a template names them, and takes away what has none; cells stay, so that columns do.
  function fill(part, values) {
    part.querySelectorAll("[data-list]").forEach(function (list) {
      const item = list.firstElementChild;
      item.remove();
      (values[list.dataset.list] || []).forEach(function (one) {
        const copy = item.cloneNode(true);
        fill(copy, one);
        list.append(copy);
      });
    });
    part.querySelectorAll("[data-sort]").forEach(function (cell) {
      const value = values[cell.dataset.sort];
      cell.setAttribute("data", isThere(value) ? value : "");
    });
    part.querySelectorAll("[data-field]").forEach(function (element) {
      const name = element.dataset.field;
      if (element.closest("[data-list]") && !(name in values)) {
        return;
      }
      const value = values[name];
      if (isThere(value)) {
        element.textContent = words(element, value);
        if (element.dataset.tone) {
          element.classList.add("spectro-packs-status--" + values[element.dataset.tone]);
        }
        if (element.dataset.title) {
          element.title = values[element.dataset.title];
        }
        if (element.dataset.href) {
          element.href = values[element.dataset.href];
        }
      } else if (element.tagName !== "TD") {
        const term = element.closest("dd");
        if (term !== null) {
          term.previousElementSibling.remove();
          term.remove();
        }
        element.remove();
      }
    });
    part.querySelectorAll("[data-copy]").forEach(function (place) {
      const value = values[place.dataset.copy + "ToCopy"];
      if (isThere(value)) {
        place.title = value;
        place.querySelector("button").setAttribute("text", value);
      } else {
        place.remove();
      }
    });
  }

  function rowOf(values) {
    const row = template("row").firstElementChild;
    row.dataset.key = values.key;
    row.dataset.state = values.state;
    row.dataset.search = values.search;
    fill(row, values);
    const details = row.querySelector("details");
    if (details !== null) {
      details.addEventListener(
        "toggle",
        function () {
          const inside = template("details");
          fill(inside, values);
          details.append(inside);
        },
        { once: true },
      );
    }
    return row;
  }

  function rows() {
    return Array.from(table().tBodies[0].rows);
  }

  function search() {
    const typed = document.getElementById("spectro-packs-search").value.toLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    const all = rows();
    all.forEach(function (row) {
      const isFound = typed.every((word) => row.dataset.search.includes(word));
      row.classList.toggle("jenkins-hidden", !isFound);
      found += isFound ? 1 : 0;
    });
    const said = document.getElementById("spectro-packs-found");
    const text = typed.length === 0 ? said.dataset.all : said.dataset.some;
    said.textContent = text.replace("{0}", found).replace("{1}", all.length);
  }

  // Rows that did not change stay as they are, with what is open in them and has the focus.
  function show(news) {
    const body = table().tBodies[0];
    const known = new Map(rows().map((row) => [row.dataset.key, row]));
    const fresh = [];
    news.forEach(function (values) {
      const before = known.get(values.key);
      known.delete(values.key);
      if (before && before.dataset.state === values.state) {
        return;
      }
      const row = rowOf(values);
      fresh.push(row);
      if (before) {
        before.replaceWith(row);
      }
    });
    known.forEach((row) => row.remove());
    fresh.filter((row) => !row.isConnected).forEach((row) => body.append(row));
    fresh.forEach((row) => row.querySelectorAll(".jenkins-copy-button").forEach((b) => Behaviour.applySubtree(b, true)));
    ts_refresh(table());
    search();
    measure();
  }

  // How wide what stands below a pack's name may be: a table makes its columns only so wide that all fit.
  function measure() {
    const cell = table().tHead.rows[0].querySelector("[data-wide]");
    if (cell !== null) {
      const padding = 2 * parseFloat(getComputedStyle(cell).paddingLeft);
      table().style.setProperty("--spectro-packs-wide", table().clientWidth - cell.offsetLeft - padding + "px");
    }
  }

  function look() {
    if (document.hidden) {
      lookLater();
      return;
    }
    fetch(table().dataset.rows, { cache: "no-store" })
      .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
      .then(function (answer) {
        table().classList.toggle("spectro-packs-table--no-palette", !answer.paletteUsed);
        show(answer.rows);
        if (answer.building) {
          lookLater();
        }
        const isNews = wasBuilding;
        wasBuilding = answer.building;
        return isNews ? lookAround() : null;
      })
      .catch(lookLater);
  }

  function lookAround() {
    return fetch("fragment", { cache: "no-store" })
      .then((response) => (response.ok ? response.text() : Promise.reject(response.status)))
      .then(function (text) {
        const news = new DOMParser().parseFromString(text, "text/html");
        ["tabs", "counts", "retired"].forEach(function (part) {
          const before = document.getElementById("spectro-packs-" + part);
          const now = news.getElementById("spectro-packs-" + part);
          // What did not change keeps its order and what has the focus.
          if (now.textContent !== before.textContent) {
            before.replaceWith(now);
            Behaviour.applySubtree(now);
          }
        });
      });
  }

  function lookLater() {
    setTimeout(look, SECONDS_BETWEEN_LOOKS * 1000);
  }

  document.addEventListener("DOMContentLoaded", function () {
    if (table() !== null) {
      document.getElementById("spectro-packs-search").addEventListener("input", search);
      window.addEventListener("resize", measure);
      look();
    }
  });
})();
