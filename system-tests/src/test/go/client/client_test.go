// Package client asks a cluster what programs written with client-go ask of it. KUBECONFIG names the cluster.
package client

import (
	"context"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

const (
	namespace = "go-client"
	protobuf  = "application/vnd.kubernetes.protobuf"
	patience  = 60 * time.Second
)

// wire remembers what went over it.
type wire struct {
	mutex    sync.Mutex
	requests []string
	answers  []string
}

func (w *wire) wrap(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(request *http.Request) (*http.Response, error) {
		answer, err := next.RoundTrip(request)
		if err == nil {
			w.mutex.Lock()
			defer w.mutex.Unlock()
			w.requests = append(w.requests, request.Method+" "+request.URL.RequestURI())
			w.answers = append(w.answers, answer.Header.Get("Content-Type"))
		}
		return answer, err
	})
}

func (w *wire) asked(part string) bool {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return strings.Contains(strings.Join(w.requests, "\n"), part)
}

func (w *wire) lastAnswer() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.answers[len(w.answers)-1]
}

type roundTripper func(*http.Request) (*http.Response, error)

func (r roundTripper) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }

func config(t *testing.T) *rest.Config {
	t.Helper()
	found, err := clientcmd.BuildConfigFromFlags("", os.Getenv("KUBECONFIG"))
	check(t, err)
	found.QPS = 200
	found.Burst = 400
	return found
}

func typed(t *testing.T) (*kubernetes.Clientset, *wire) {
	t.Helper()
	w := &wire{}
	c := config(t)
	c.ContentType = protobuf
	c.AcceptContentTypes = protobuf + ",application/json"
	c.Wrap(w.wrap)
	made, err := kubernetes.NewForConfig(c)
	check(t, err)
	_, err = made.CoreV1().Namespaces().Create(t.Context(),
		&corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: namespace}}, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		t.Fatal(err)
	}
	return made, w
}

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

func configMap(name, value string) *corev1.ConfigMap {
	return &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: name}, Data: map[string]string{"value": value}}
}

func deployment(name string, replicas int32) *appsv1.Deployment {
	labels := map[string]string{"app": name}
	grace := int64(1)
	return &appsv1.Deployment{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: appsv1.DeploymentSpec{
			Replicas: &replicas,
			Selector: &metav1.LabelSelector{MatchLabels: labels},
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels},
				Spec: corev1.PodSpec{
					TerminationGracePeriodSeconds: &grace,
					Containers: []corev1.Container{{
						Name: "main", Image: "none", Command: []string{"sleep", "100000"}}},
				},
			},
		},
	}
}
