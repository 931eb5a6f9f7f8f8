package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/httpstream"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/transport/spdy"
	"k8s.io/client-go/util/exec"
)

func TestStreamsOverBothProtocols(t *testing.T) {
	c, _ := typed(t)
	pods := c.CoreV1().Pods(namespace)
	_, err := pods.Create(t.Context(), webServer("streams"), metav1.CreateOptions{})
	check(t, err)
	await(t, "a ready pod", func(ctx context.Context) (bool, error) {
		found, err := pods.Get(ctx, "streams", metav1.GetOptions{})
		return err == nil && len(found.Status.ContainerStatuses) == 1 && found.Status.ContainerStatuses[0].Ready, err
	})
	of := func(subresource string, options *corev1.PodExecOptions) *url.URL {
		request := c.CoreV1().RESTClient().Post().Resource("pods").Namespace(namespace).Name("streams").
			SubResource(subresource)
		if options != nil {
			request.VersionedParams(options, scheme.ParameterCodec)
		}
		return request.URL()
	}
	command := of("exec", &corev1.PodExecOptions{Container: "main", Stdin: true, Stdout: true, Stderr: true,
		Command: []string{"sh", "-c", "read line; echo heard $line; echo wrong >&2; exit 3"}})

	overSpdy, err := remotecommand.NewSPDYExecutor(config(t), http.MethodPost, command)
	check(t, err)
	answers(t, overSpdy)
	overWebSocket, err := remotecommand.NewWebSocketExecutor(config(t), http.MethodGet, command.String())
	check(t, err)
	answers(t, overWebSocket)

	spdyDialer := func(settings *rest.Config) (httpstream.Dialer, error) {
		transport, upgrader, err := spdy.RoundTripperFor(settings)
		return spdy.NewDialer(upgrader, &http.Client{Transport: transport}, http.MethodPost, of("portforward", nil)), err
	}
	tunnel := func(settings *rest.Config) (httpstream.Dialer, error) {
		return portforward.NewSPDYOverWebsocketDialer(of("portforward", nil), settings)
	}
	for _, dialer := range []func(*rest.Config) (httpstream.Dialer, error){spdyDialer, tunnel} {
		made, err := dialer(config(t))
		check(t, err)
		forwards(t, made)
	}
	check(t, pods.Delete(t.Context(), "streams", metav1.DeleteOptions{}))
}

// answers expects what the command says of its input on both of its outputs, and its exit code.
func answers(t *testing.T, executor remotecommand.Executor) {
	t.Helper()
	var out, wrong bytes.Buffer
	err := executor.StreamWithContext(t.Context(), remotecommand.StreamOptions{
		Stdin: strings.NewReader("ahoy\n"), Stdout: &out, Stderr: &wrong})
	var exit exec.CodeExitError
	expect(t, fmt.Sprintf("exit code 3, not %v", err), errors.As(err, &exit) && exit.Code == 3)
	expect(t, "both outputs, not "+out.String()+wrong.String(), out.String() == "heard ahoy\n" && wrong.String() == "wrong\n")
}

// forwards expects answers of the server behind a forwarded port, more than once.
func forwards(t *testing.T, dialer httpstream.Dialer) {
	t.Helper()
	stop, ready, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	forwarder, err := portforward.New(dialer, []string{"0:8080"}, stop, ready, io.Discard, io.Discard)
	check(t, err)
	go func() { ended <- forwarder.ForwardPorts() }()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatal(err)
	}
	ports, err := forwarder.GetPorts()
	check(t, err)
	for range 2 {
		answer, err := http.Get(fmt.Sprintf("http://127.0.0.1:%d/", ports[0].Local))
		check(t, err)
		body, err := io.ReadAll(answer.Body)
		check(t, err)
		check(t, answer.Body.Close())
		expect(t, "a page, not "+string(body), strings.Contains(string(body), "Directory listing"))
	}
	close(stop)
	check(t, <-ended)
}

// webServer is a pod that is ready when it answers HTTP.
func webServer(name string) *corev1.Pod {
	grace := int64(1)
	return &corev1.Pod{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec: corev1.PodSpec{
			TerminationGracePeriodSeconds: &grace,
			Containers: []corev1.Container{{
				Name: "main", Image: "none",
				Command: []string{"python3", "-m", "http.server", "8080", "--bind", "$(IP)"},
				Env: []corev1.EnvVar{{Name: "IP", ValueFrom: &corev1.EnvVarSource{
					FieldRef: &corev1.ObjectFieldSelector{FieldPath: "status.podIP"}}}},
				ReadinessProbe: &corev1.Probe{PeriodSeconds: 1, ProbeHandler: corev1.ProbeHandler{
					TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromInt32(8080)}}},
			}},
		},
	}
}
