package client

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/restmapper"
	"k8s.io/client-go/scale"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

var configMaps = schema.GroupVersionResource{Version: "v1", Resource: "configmaps"}

func TestAnInformerStartsWithAWatchList(t *testing.T) {
	c, wire := typed(t)
	maps := c.CoreV1().ConfigMaps(namespace)
	_, err := maps.Create(t.Context(), configMap("before", "1"), metav1.CreateOptions{})
	check(t, err)
	factory := informers.NewSharedInformerFactoryWithOptions(c, 0, informers.WithNamespace(namespace))
	informer := factory.Core().V1().ConfigMaps()
	var added, deleted atomic.Int32
	_, err = informer.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: func(object any) {
			if strings.HasSuffix(object.(*corev1.ConfigMap).Name, "ore") {
				added.Add(1)
			}
		},
		DeleteFunc: func(any) { deleted.Add(1) },
	})
	check(t, err)
	stop := make(chan struct{})
	defer close(stop)
	factory.Start(stop)
	expect(t, "a synced informer", cache.WaitForCacheSync(stop, informer.Informer().HasSynced))
	expect(t, "a watch that sends what there is", wire.asked("sendInitialEvents=true"))
	expect(t, "no list besides", !wire.asked("/configmaps?limit="))
	_, err = informer.Lister().ConfigMaps(namespace).Get("before")
	check(t, err)
	_, err = maps.Create(t.Context(), configMap("more", "1"), metav1.CreateOptions{})
	check(t, err)
	check(t, maps.Delete(t.Context(), "before", metav1.DeleteOptions{}))
	check(t, maps.Delete(t.Context(), "more", metav1.DeleteOptions{}))
	await(t, "two additions and two deletions", func(context.Context) (bool, error) {
		return added.Load() == 2 && deleted.Load() >= 2, nil
	})
}

func TestObjectsWithoutTypes(t *testing.T) {
	c, err := dynamic.NewForConfig(config(t))
	check(t, err)
	typed(t)
	maps := c.Resource(configMaps).Namespace(namespace)
	object := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "ConfigMap", "metadata": map[string]any{"name": "untyped"},
		"data": map[string]any{"value": "1"}}}
	_, err = maps.Create(t.Context(), object, metav1.CreateOptions{FieldValidation: "Strict"})
	check(t, err)
	_, err = maps.Patch(t.Context(), "untyped", types.MergePatchType, []byte(`{"data":{"value":"2"}}`), metav1.PatchOptions{})
	check(t, err)
	listed, err := maps.List(t.Context(), metav1.ListOptions{FieldSelector: "metadata.name=untyped"})
	check(t, err)
	value, _, err := unstructured.NestedString(listed.Items[0].Object, "data", "value")
	check(t, err)
	expect(t, "the patched value", value == "2")
	check(t, maps.Delete(t.Context(), "untyped", metav1.DeleteOptions{}))
}

func TestMetadataAlone(t *testing.T) {
	w := &wire{}
	settings := metadata.ConfigFor(config(t))
	settings.Wrap(w.wrap)
	c, err := metadata.NewForConfig(settings)
	check(t, err)
	typedClient, _ := typed(t)
	_, err = typedClient.CoreV1().ConfigMaps(namespace).Create(t.Context(), configMap("partial", "1"), metav1.CreateOptions{})
	check(t, err)
	found, err := c.Resource(configMaps).Namespace(namespace).Get(t.Context(), "partial", metav1.GetOptions{})
	check(t, err)
	expect(t, "metadata of a ConfigMap", found.Name == "partial" && found.UID != "")
	expect(t, "an answer of metadata, not "+w.lastAnswer(), strings.HasPrefix(w.lastAnswer(), protobuf))
	listed, err := c.Resource(configMaps).Namespace(namespace).List(t.Context(), metav1.ListOptions{})
	check(t, err)
	expect(t, "a list of metadata", len(listed.Items) > 0)
	check(t, c.Resource(configMaps).Namespace(namespace).Delete(t.Context(), "partial", metav1.DeleteOptions{}))
}

func TestDiscoveryMapsAndScales(t *testing.T) {
	settings := config(t)
	c, err := discovery.NewDiscoveryClientForConfig(settings)
	check(t, err)
	_, lists, err := c.ServerGroupsAndResources()
	check(t, err)
	expect(t, "many group versions", len(lists) > 20)
	version, err := c.ServerVersion()
	check(t, err)
	expect(t, "major version 1", version.Major == "1")
	paths, err := c.OpenAPIV3().Paths()
	check(t, err)
	document, err := paths["apis/apps/v1"].Schema("application/json")
	check(t, err)
	expect(t, "a document of apps/v1", strings.Contains(string(document), "io.k8s.api.apps.v1.Deployment"))
	v2, err := c.OpenAPISchema()
	check(t, err)
	expect(t, "a Swagger document", v2.Swagger == "2.0")
	cached := memory.NewMemCacheClient(c)
	mapper := restmapper.NewShortcutExpander(restmapper.NewDeferredDiscoveryRESTMapper(cached), cached, nil)
	deploy, err := mapper.ResourceFor(schema.GroupVersionResource{Resource: "deploy"})
	check(t, err)
	expect(t, "deploy is short for deployments", deploy.Resource == "deployments" && deploy.Group == "apps")

	typedClient, _ := typed(t)
	_, err = typedClient.AppsV1().Deployments(namespace).Create(t.Context(), deployment("scaled", 0), metav1.CreateOptions{})
	check(t, err)
	scales, err := scale.NewForConfig(settings, mapper, dynamic.LegacyAPIPathResolverFunc, scale.NewDiscoveryScaleKindResolver(c))
	check(t, err)
	found, err := scales.Scales(namespace).Get(t.Context(), deploy.GroupResource(), "scaled", metav1.GetOptions{})
	check(t, err)
	expect(t, "no replicas", found.Spec.Replicas == 0)
	check(t, typedClient.AppsV1().Deployments(namespace).Delete(t.Context(), "scaled", metav1.DeleteOptions{}))
}

func TestOneLeaderAfterAnother(t *testing.T) {
	c, _ := typed(t)
	var turns atomic.Int32
	for _, name := range []string{"first", "second"} {
		ctx, cancel := context.WithCancel(t.Context())
		elector, err := leaderelection.NewLeaderElector(leaderelection.LeaderElectionConfig{
			Lock: &resourcelock.LeaseLock{
				LeaseMeta:  metav1.ObjectMeta{Name: "crown", Namespace: namespace},
				Client:     c.CoordinationV1(),
				LockConfig: resourcelock.ResourceLockConfig{Identity: name},
			},
			LeaseDuration: 15 * time.Second, RenewDeadline: 10 * time.Second, RetryPeriod: 100 * time.Millisecond,
			ReleaseOnCancel: true,
			Callbacks: leaderelection.LeaderCallbacks{
				OnStartedLeading: func(context.Context) { turns.Add(1); cancel() },
				OnStoppedLeading: func() {},
			},
		})
		check(t, err)
		elector.Run(ctx)
		cancel()
	}
	expect(t, "two turns", turns.Load() == 2)
	lease, err := c.CoordinationV1().Leases(namespace).Get(t.Context(), "crown", metav1.GetOptions{})
	check(t, err)
	expect(t, "a transition", *lease.Spec.LeaseTransitions == 1)
}
