#!/bin/sh
# Says whether the deployment of this pack is ready.
exec kubectl --namespace hello-both rollout status deployment/hello
