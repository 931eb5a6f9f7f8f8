package client

import (
	"strings"
	"testing"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	appsv1apply "k8s.io/client-go/applyconfigurations/apps/v1"
	corev1apply "k8s.io/client-go/applyconfigurations/core/v1"
	metav1apply "k8s.io/client-go/applyconfigurations/meta/v1"
)

func TestTypedConfigurationsAreApplied(t *testing.T) {
	c, _ := typed(t)
	maps := c.CoreV1().ConfigMaps(namespace)
	ours := corev1apply.ConfigMap("applied", namespace).WithData(map[string]string{"a": "1", "b": "1"})
	_, err := maps.Apply(t.Context(), ours, metav1.ApplyOptions{FieldManager: "harbour"})
	check(t, err)
	theirs := corev1apply.ConfigMap("applied", namespace).WithData(map[string]string{"a": "2"})
	_, err = maps.Apply(t.Context(), theirs, metav1.ApplyOptions{FieldManager: "pirate"})
	expect(t, "Conflict", apierrors.IsConflict(err) && strings.Contains(err.Error(), `conflict with "harbour"`))
	taken, err := maps.Apply(t.Context(), theirs, metav1.ApplyOptions{FieldManager: "pirate", Force: true})
	check(t, err)
	expect(t, "the forced value beside the other", taken.Data["a"] == "2" && taken.Data["b"] == "1")
	extracted, err := corev1apply.ExtractConfigMap(taken, "harbour")
	check(t, err)
	expect(t, "what is still ours", len(extracted.Data) == 1 && extracted.Data["b"] == "1")
	delete(extracted.Data, "b")
	left, err := maps.Apply(t.Context(), extracted, metav1.ApplyOptions{FieldManager: "harbour"})
	check(t, err)
	expect(t, "what was given up is gone", len(left.Data) == 1)
	check(t, maps.Delete(t.Context(), "applied", metav1.DeleteOptions{}))
}

func TestAStatusIsAppliedApart(t *testing.T) {
	c, _ := typed(t)
	deployments := c.AppsV1().Deployments(namespace)
	labels := map[string]string{"app": "applied"}
	made, err := deployments.Apply(t.Context(), appsv1apply.Deployment("applied", namespace).
		WithSpec(appsv1apply.DeploymentSpec().WithReplicas(0).
			WithSelector(metav1apply.LabelSelector().WithMatchLabels(labels)).
			WithTemplate(corev1apply.PodTemplateSpec().WithLabels(labels).WithSpec(corev1apply.PodSpec().
				WithContainers(corev1apply.Container().WithName("main").WithImage("none"))))),
		metav1.ApplyOptions{FieldManager: "harbour"})
	check(t, err)
	expect(t, "defaults", *made.Spec.RevisionHistoryLimit == 10)
	told, err := deployments.ApplyStatus(t.Context(), appsv1apply.Deployment("applied", namespace).
		WithStatus(appsv1apply.DeploymentStatus().WithCollisionCount(3)),
		metav1.ApplyOptions{FieldManager: "teller", Force: true})
	check(t, err)
	expect(t, "a status and the same spec", *told.Status.CollisionCount == 3 && *told.Spec.Replicas == 0)
	expect(t, "an owner of the status", owns(told.ManagedFields, "teller", "status"))
	check(t, deployments.Delete(t.Context(), "applied", metav1.DeleteOptions{}))
}

func owns(fields []metav1.ManagedFieldsEntry, manager, subresource string) bool {
	for _, entry := range fields {
		if entry.Manager == manager && entry.Subresource == subresource {
			return entry.Operation == metav1.ManagedFieldsOperationApply
		}
	}
	return false
}
