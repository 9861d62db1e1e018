#!/bin/sh
# Checks the packs below packs/ and publishes them, from any machine with Java 17 and spectro-pack on the path. AWS credentials
# come from where the AWS SDK finds them, PALETTE_API_KEY from the environment.
set -eu

# Findings go to the server that shows them, if there is one, whether the packs are valid or not.
code=0
spectro-pack validate --sarif findings.sarif 'packs/*' || code=$?
if [ -n "${SARIF_URL:-}" ]; then
  curl -fsS -H "Authorization: Bearer $SARIF_TOKEN" -T findings.sarif "$SARIF_URL"
fi
[ "$code" -eq 0 ] || exit "$code"

# 4 means that all packs are published, but Palette does not list them yet, which somebody should look at.
spectro-pack publish --repository-name spectro-oci-registry --palette-registry my-ecr --json 'packs/*' >published.json || code=$?
case $code in
  0) echo "Published and listed." ;;
  4) echo "Published, but not listed in Palette yet." ;;
  *) exit "$code" ;;
esac
