//go:build tools

// Package clients holds programs against a cluster, and names the command lines that are built beside them.
package clients

import (
	_ "helm.sh/helm/v3/cmd/helm"
	_ "helm.sh/helm/v4/cmd/helm"
)
