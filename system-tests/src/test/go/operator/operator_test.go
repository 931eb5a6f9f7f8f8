package operator

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/go-logr/logr"
	corev1 "k8s.io/api/core/v1"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/wait"
	clientgoscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/log"
	metricsserver "sigs.k8s.io/controller-runtime/pkg/metrics/server"
)

const (
	namespace = "go-operator"
	patience  = 60 * time.Second
)

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func expect(t *testing.T, what string, holds bool) {
	t.Helper()
	if !holds {
		t.Fatalf("not as expected: %s", what)
	}
}

func await(t *testing.T, what string, condition func(context.Context) (bool, error)) {
	t.Helper()
	if err := wait.PollUntilContextTimeout(t.Context(), 50*time.Millisecond, patience, true, condition); err != nil {
		t.Fatalf("waited in vain for %s: %v", what, err)
	}
}

func connect(t *testing.T) (*rest.Config, client.Client) {
	t.Helper()
	log.SetLogger(logr.Discard())
	config, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	check(t, err)
	scheme := runtime.NewScheme()
	check(t, clientgoscheme.AddToScheme(scheme))
	check(t, apiextensionsv1.AddToScheme(scheme))
	addToScheme(scheme)
	c, err := client.New(config, client.Options{Scheme: scheme})
	check(t, err)
	return config, c
}

func definition() *apiextensionsv1.CustomResourceDefinition {
	one := 1.0
	return &apiextensionsv1.CustomResourceDefinition{
		ObjectMeta: metav1.ObjectMeta{Name: "ships.fleet.example.com"},
		Spec: apiextensionsv1.CustomResourceDefinitionSpec{
			Group: "fleet.example.com",
			Scope: apiextensionsv1.NamespaceScoped,
			Names: apiextensionsv1.CustomResourceDefinitionNames{
				Plural: "ships", Singular: "ship", Kind: "Ship", ListKind: "ShipList"},
			Versions: []apiextensionsv1.CustomResourceDefinitionVersion{{
				Name: "v1", Served: true, Storage: true,
				Subresources: &apiextensionsv1.CustomResourceSubresources{
					Status: &apiextensionsv1.CustomResourceSubresourceStatus{}},
				Schema: &apiextensionsv1.CustomResourceValidation{OpenAPIV3Schema: &apiextensionsv1.JSONSchemaProps{
					Type: "object",
					Properties: map[string]apiextensionsv1.JSONSchemaProps{
						"spec": {Type: "object", Properties: map[string]apiextensionsv1.JSONSchemaProps{
							"masts": {Type: "integer", Minimum: &one, Default: &apiextensionsv1.JSON{Raw: []byte("2")}},
							"flag":  {Type: "string"},
						}},
						"status": {Type: "object", Properties: map[string]apiextensionsv1.JSONSchemaProps{
							"observedGeneration": {Type: "integer", Format: "int64"},
							"sails":              {Type: "integer"},
						}},
					}}},
			}},
		},
	}
}

// install makes the namespace and the definition, and waits until the latter is established.
func install(t *testing.T, c client.Client) {
	t.Helper()
	check(t, client.IgnoreAlreadyExists(c.Create(t.Context(), &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}})))
	check(t, client.IgnoreAlreadyExists(c.Create(t.Context(), definition())))
	await(t, "an established definition", func(ctx context.Context) (bool, error) {
		found := &apiextensionsv1.CustomResourceDefinition{}
		err := c.Get(ctx, client.ObjectKey{Name: "ships.fleet.example.com"}, found)
		for _, condition := range found.Status.Conditions {
			if condition.Type == apiextensionsv1.Established && condition.Status == apiextensionsv1.ConditionTrue {
				return true, err
			}
		}
		return false, err
	})
}

// launch runs the operator until the test ends.
func launch(t *testing.T, config *rest.Config, c client.Client) *reconciler {
	t.Helper()
	manager, err := ctrl.NewManager(config, ctrl.Options{
		Scheme: c.Scheme(), Metrics: metricsserver.Options{BindAddress: "0"},
		LeaderElection: true, LeaderElectionID: "fleet", LeaderElectionNamespace: namespace,
		LeaderElectionReleaseOnCancel: true,
	})
	check(t, err)
	r := &reconciler{Client: manager.GetClient(), sunk: make(chan string, 10)}
	check(t, ctrl.NewControllerManagedBy(manager).For(&Ship{}).Owns(&corev1.ConfigMap{}).Complete(r))
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- manager.Start(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("the operator ended with %v", err)
		}
	})
	return r
}

func TestAnOperatorKeepsItsShips(t *testing.T) {
	config, c := connect(t)
	install(t, c)
	r := launch(t, config, c)
	ship := &Ship{ObjectMeta: metav1.ObjectMeta{Name: "argo", Namespace: namespace}, Spec: ShipSpec{Flag: "red"}}
	key := client.ObjectKeyFromObject(ship)
	sailsKey := client.ObjectKey{Namespace: namespace, Name: "argo-sails"}
	check(t, c.Create(t.Context(), ship))
	expect(t, "the definition's default", ship.Spec.Masts == 2)
	await(t, "a status", func(ctx context.Context) (bool, error) {
		err := c.Get(ctx, key, ship)
		return ship.Status.Sails == 6 && ship.Status.ObservedGeneration == ship.Generation, err
	})
	expect(t, "a generation that the status did not change", ship.Generation == 1)
	sails := &corev1.ConfigMap{}
	check(t, c.Get(t.Context(), sailsKey, sails))
	expect(t, "a controller reference", metav1.IsControlledBy(sails, ship))

	check(t, c.Delete(t.Context(), sails))
	await(t, "new sails", func(ctx context.Context) (bool, error) {
		err := c.Get(ctx, sailsKey, sails)
		return err == nil && sails.DeletionTimestamp.IsZero(), client.IgnoreNotFound(err)
	})
	check(t, c.Patch(t.Context(), ship, client.RawPatch("application/merge-patch+json", []byte(`{"spec":{"masts":3}}`))))
	expect(t, "the next generation", ship.Generation == 2)
	await(t, "nine sails", func(ctx context.Context) (bool, error) {
		err := c.Get(ctx, sailsKey, sails)
		return sails.Data["sails"] == "9", err
	})
	err := c.Patch(t.Context(), ship, client.RawPatch("application/merge-patch+json", []byte(`{"spec":{"masts":0}}`)))
	expect(t, "too few masts refused", apierrors.IsInvalid(err))

	check(t, c.Delete(t.Context(), ship))
	select {
	case name := <-r.sunk:
		expect(t, "the ship's name", name == "argo")
	case <-time.After(patience):
		t.Fatal("the finalizer was not run")
	}
	await(t, "nothing left", func(ctx context.Context) (bool, error) {
		gone := apierrors.IsNotFound(c.Get(ctx, key, ship)) && apierrors.IsNotFound(c.Get(ctx, sailsKey, sails))
		return gone, nil
	})
}
