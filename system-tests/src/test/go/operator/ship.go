// Package operator is an operator as controller-runtime's users write them: a definition, a reconciler with a finalizer,
// dependents and a status, and admission webhooks. Its tests run it against the cluster that KUBECONFIG names.
package operator

import (
	"context"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	ctrl "sigs.k8s.io/controller-runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/controller/controllerutil"
)

const finalizer = "fleet.example.com/sink"

var groupVersion = schema.GroupVersion{Group: "fleet.example.com", Version: "v1"}

// Ship is the custom resource.
type Ship struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitempty"`
	Spec              ShipSpec   `json:"spec,omitempty"`
	Status            ShipStatus `json:"status,omitempty"`
}

// ShipSpec is what is wanted.
type ShipSpec struct {
	Masts int    `json:"masts,omitempty"`
	Flag  string `json:"flag,omitempty"`
}

// ShipStatus is what is.
type ShipStatus struct {
	ObservedGeneration int64 `json:"observedGeneration,omitempty"`
	Sails              int   `json:"sails,omitempty"`
}

// ShipList is a list of them.
type ShipList struct {
	metav1.TypeMeta `json:",inline"`
	metav1.ListMeta `json:"metadata,omitempty"`
	Items           []Ship `json:"items"`
}

func (s *Ship) DeepCopyObject() runtime.Object {
	made := *s
	s.ObjectMeta.DeepCopyInto(&made.ObjectMeta)
	return &made
}

func (l *ShipList) DeepCopyObject() runtime.Object {
	made := *l
	made.Items = make([]Ship, len(l.Items))
	for at := range l.Items {
		made.Items[at] = *l.Items[at].DeepCopyObject().(*Ship)
	}
	return &made
}

func addToScheme(scheme *runtime.Scheme) {
	scheme.AddKnownTypes(groupVersion, &Ship{}, &ShipList{})
	metav1.AddToGroupVersion(scheme, groupVersion)
}

type reconciler struct {
	client.Client
	sunk chan string
}

// Reconcile gives a ship a ConfigMap of sails and says so in its status.
func (r *reconciler) Reconcile(ctx context.Context, request ctrl.Request) (ctrl.Result, error) {
	ship := &Ship{}
	if err := r.Get(ctx, request.NamespacedName, ship); err != nil {
		return ctrl.Result{}, client.IgnoreNotFound(err)
	}
	if !ship.DeletionTimestamp.IsZero() {
		if controllerutil.RemoveFinalizer(ship, finalizer) {
			r.sunk <- ship.Name
			return ctrl.Result{}, client.IgnoreNotFound(r.Update(ctx, ship))
		}
		return ctrl.Result{}, nil
	}
	if controllerutil.AddFinalizer(ship, finalizer) {
		return ctrl.Result{}, r.Update(ctx, ship)
	}
	sails := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: ship.Name + "-sails", Namespace: ship.Namespace}}
	_, err := controllerutil.CreateOrUpdate(ctx, r.Client, sails, func() error {
		sails.Data = map[string]string{"sails": fmt.Sprint(ship.Spec.Masts * 3), "flag": ship.Spec.Flag}
		return controllerutil.SetControllerReference(ship, sails, r.Scheme())
	})
	if err != nil {
		return ctrl.Result{}, err
	}
	before := ship.DeepCopyObject().(*Ship)
	ship.Status = ShipStatus{ObservedGeneration: ship.Generation, Sails: ship.Spec.Masts * 3}
	if ship.Status == before.Status {
		return ctrl.Result{}, nil
	}
	return ctrl.Result{}, r.Status().Patch(ctx, ship, client.MergeFrom(before))
}
