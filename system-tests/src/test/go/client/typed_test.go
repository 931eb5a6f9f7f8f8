package client

import (
	"context"
	"strconv"
	"testing"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/tools/pager"
	"k8s.io/client-go/util/retry"
)

func TestTypedObjectsTravelAsProtobuf(t *testing.T) {
	c, wire := typed(t)
	maps := c.CoreV1().ConfigMaps(namespace)
	made, err := maps.Create(t.Context(), configMap("life", "1"), metav1.CreateOptions{})
	check(t, err)
	expect(t, "a protobuf answer to a write, not "+wire.lastAnswer(), wire.lastAnswer() == protobuf)
	expect(t, "a uid and a time", made.UID != "" && !made.CreationTimestamp.IsZero())
	_, err = maps.Create(t.Context(), configMap("life", "1"), metav1.CreateOptions{})
	expect(t, "AlreadyExists", apierrors.IsAlreadyExists(err))
	watched, err := maps.Watch(t.Context(), metav1.ListOptions{
		ResourceVersion: made.ResourceVersion, FieldSelector: "metadata.name=life"})
	check(t, err)
	expect(t, "protobuf frames, not "+wire.lastAnswer(), wire.lastAnswer() == protobuf+";stream=watch")
	made.Data["value"] = "2"
	changed, err := maps.Update(t.Context(), made, metav1.UpdateOptions{})
	check(t, err)
	_, err = maps.Update(t.Context(), made, metav1.UpdateOptions{})
	expect(t, "Conflict", apierrors.IsConflict(err))
	patched, err := maps.Patch(t.Context(), "life", types.StrategicMergePatchType,
		[]byte(`{"data":{"more":"3"}}`), metav1.PatchOptions{})
	check(t, err)
	expect(t, "a merged map", patched.Data["more"] == "3" && patched.Data["value"] == "2")
	check(t, maps.Delete(t.Context(), "life", metav1.DeleteOptions{
		Preconditions: metav1.NewUIDPreconditions(string(changed.UID))}))
	_, err = maps.Get(t.Context(), "life", metav1.GetOptions{})
	expect(t, "NotFound", apierrors.IsNotFound(err))
	for _, wanted := range []watch.EventType{watch.Modified, watch.Modified, watch.Deleted} {
		event := <-watched.ResultChan()
		expect(t, string(wanted)+", not "+string(event.Type), event.Type == wanted)
		expect(t, "a ConfigMap", event.Object.(*corev1.ConfigMap).Name == "life")
	}
	watched.Stop()
}

func TestErrorsAreStatuses(t *testing.T) {
	c, _ := typed(t)
	bad := configMap("Not_A_Name", "1")
	_, err := c.CoreV1().ConfigMaps(namespace).Create(t.Context(), bad, metav1.CreateOptions{})
	expect(t, "Invalid", apierrors.IsInvalid(err))
	status := err.(*apierrors.StatusError).ErrStatus
	expect(t, "a cause at metadata.name", status.Details.Causes[0].Field == "metadata.name")
	_, err = c.CoreV1().ConfigMaps("nowhere").Create(t.Context(), configMap("a", "1"), metav1.CreateOptions{})
	expect(t, "NotFound", apierrors.IsNotFound(err))
	_, err = c.CoreV1().Pods(namespace).List(t.Context(), metav1.ListOptions{FieldSelector: "spec.colour=red"})
	expect(t, "BadRequest", apierrors.IsBadRequest(err))
}

func TestPagesAndRetries(t *testing.T) {
	c, _ := typed(t)
	maps := c.CoreV1().ConfigMaps(namespace)
	for at := range 5 {
		object := configMap("page-"+strconv.Itoa(at), "1")
		object.Labels = map[string]string{"set": "pages"}
		_, err := maps.Create(t.Context(), object, metav1.CreateOptions{})
		check(t, err)
	}
	pages := pager.New(func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
		return maps.List(ctx, options)
	})
	pages.PageSize = 2
	seen := 0
	check(t, pages.EachListItem(t.Context(), metav1.ListOptions{LabelSelector: "set=pages"}, func(runtime.Object) error {
		seen++
		return nil
	}))
	expect(t, "five items on three pages", seen == 5)
	check(t, retry.RetryOnConflict(retry.DefaultRetry, func() error {
		found, err := maps.Get(t.Context(), "page-0", metav1.GetOptions{})
		if err != nil {
			return err
		}
		found.Data["value"] = "2"
		_, err = maps.Update(t.Context(), found, metav1.UpdateOptions{})
		return err
	}))
	check(t, maps.DeleteCollection(t.Context(), metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "set=pages"}))
	left, err := maps.List(t.Context(), metav1.ListOptions{LabelSelector: "set=pages"})
	check(t, err)
	expect(t, "an empty list with a revision", len(left.Items) == 0 && left.ResourceVersion != "")
}

func TestAWorkloadBecomesAvailable(t *testing.T) {
	c, _ := typed(t)
	deployments := c.AppsV1().Deployments(namespace)
	_, err := deployments.Create(t.Context(), deployment("work", 2), metav1.CreateOptions{})
	check(t, err)
	await(t, "two available replicas", func(ctx context.Context) (bool, error) {
		found, err := deployments.Get(ctx, "work", metav1.GetOptions{})
		return err == nil && found.Status.AvailableReplicas == 2, err
	})
	scale, err := deployments.GetScale(t.Context(), "work", metav1.GetOptions{})
	check(t, err)
	expect(t, "the scale's selector", scale.Status.Selector == "app=work" && scale.Spec.Replicas == 2)
	scale.Spec.Replicas = 0
	_, err = deployments.UpdateScale(t.Context(), "work", scale, metav1.UpdateOptions{})
	check(t, err)
	await(t, "no pods", func(ctx context.Context) (bool, error) {
		pods, err := c.CoreV1().Pods(namespace).List(ctx, metav1.ListOptions{LabelSelector: "app=work"})
		return err == nil && len(pods.Items) == 0, err
	})
	check(t, deployments.Delete(t.Context(), "work", metav1.DeleteOptions{}))
}
